import Basics
import MittrWebhooks

/// Processes each request: verifies it, keeps it, reports it, and decides the response.
struct DeliveryDesk: Sendable {
  let configuration: ReceiverConfiguration
  let log: DeliveryLog
  let earlyFailures: EarlyFailures
  let forwarder: Forwarder?

  func reply(to request: ReceivedRequest) async -> Reply {
    let finding = await configuration.diagnose(request)
    let (reply, problem) = await answer(request, finding)
    var remark = problem
    if let failure = configuration.folder?.save(request) {
      remark = [remark, failure].compactMap(\.self).joined(separator: "; ")
    }
    let delivery = log.append(request, finding, status: reply.status, remark: remark)
    configuration.onDelivery(delivery)
    return reply
  }

  private func answer(_ request: ReceivedRequest, _ finding: Finding) async -> (Reply, remark: String?) {
    if earlyFailures.fails(request) { return (Reply(500, "one of the first attempts, which fail here"), nil) }
    switch configuration.answer {
    case .status(let status): return (Reply(status, status < 300 ? "ok" : "answered as told"), nil)
    case .forward:
      // A web page can reach this machine by a name of its own (DNS rebinding), but it cannot sign.
      guard request.isForThisMachine || finding.diagnosis?.valid == true else {
        let why = "not passed on: it is for another host, and not signed with a known secret"
        return (Reply(403, why), why)
      }
      guard let forwarder else { return (Reply(502, "nothing is forwarded any more"), nil) }
      switch await forwarder.forward(request) {
      case .answered(let reply): return (reply, nil)
      case .failed(let status, let why): return (Reply(status, why), why)
      }
    case .verdict:
      if case .verified(let diagnosis) = finding, !diagnosis.valid { return (Reply(401, "invalid signature"), nil) }
      return (Reply(200, "ok"), nil)
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
