import Basics
import MittrWebhooks

/// Processes each request: verifies it, keeps it, reports it, and decides the response.
struct DeliveryProcessor: Sendable {
  let configuration: ReceiverConfiguration
  let log: DeliveryLog
  let failureInjector: FailureInjector
  let forwarder: Forwarder?

  func reply(to request: ReceivedRequest) async -> ReceiverResponse {
    let finding = await configuration.diagnose(request)
    let (reply, forwardProblem) = await answer(request, finding)
    let problems = [forwardProblem, configuration.folder?.save(request)].compactMap(\.self)
    let delivery = log.append(
      request, finding, status: reply.status, problem: problems.isEmpty ? nil : problems.joined(separator: "; "))
    configuration.onDelivery(delivery)
    return reply
  }

  private func answer(_ request: ReceivedRequest, _ finding: Finding) async -> (ReceiverResponse, problem: String?) {
    if failureInjector.fails(request) {
      return (ReceiverResponse(500, "one of the first attempts, which fail here"), nil)
    }
    switch configuration.answer {
    case .status(let status): return (ReceiverResponse(status, status < 300 ? "ok" : "answered as told"), nil)
    case .forward:
      // A web page can reach this machine by a name of its own (DNS rebinding), but it cannot sign.
      guard request.isForThisMachine || finding.diagnosis?.valid == true else {
        let why = "not passed on: it is for another host, and not signed with a known secret"
        return (ReceiverResponse(403, why), why)
      }
      guard let forwarder else { return (ReceiverResponse(502, "nothing is forwarded any more"), nil) }
      switch await forwarder.forward(request) {
      case .answered(let reply): return (reply, nil)
      case .failed(let status, let why): return (ReceiverResponse(status, why), why)
      }
    case .verification:
      if case .verified(let diagnosis) = finding, !diagnosis.valid {
        return (ReceiverResponse(401, "invalid signature"), nil)
      }
      return (ReceiverResponse(200, "ok"), nil)
    }
  }
}

extension ReceivedRequest {
  /// Whether it names this machine as its host, and comes from no web page of another one. A target in absolute form names
  /// the host too, and counts before `Host` does (RFC 9112, 3.2.2): here both have to be right.
  fileprivate var isForThisMachine: Bool {
    func values(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name }.map(\.value) }
    return AllowedHosts().allow(hosts: values("host") + hostsInTarget, origins: values("origin"))
  }

  private var hostsInTarget: [String] {
    guard !target.hasPrefix("/"), let end = target.firstRange(of: "://") else { return [] }
    return [String(target[end.upperBound...].prefix { !"/?#".contains($0) })]
  }
}
