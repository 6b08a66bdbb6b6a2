import Basics
import MittrWebhooks

/// Processes each request: verifies it, keeps it, reports it, and decides the response. A probe is answered alone.
struct DeliveryProcessor: Sendable {
  let port: Int
  let configuration: ReceiverConfiguration
  let log: DeliveryLog
  let forwarder: Forwarder?
  private let attempts = AttemptCounter()

  init(port: Int, configuration: ReceiverConfiguration, log: DeliveryLog, forwarder: Forwarder?) {
    self.port = port
    self.configuration = configuration
    self.log = log
    self.forwarder = forwarder
  }

  func reply(to request: ReceivedRequest) async -> ReceiverResponse {
    if request.isProbe { return .toProbe(request.method) }
    let start = configuration.uptime()
    let finding = await configuration.diagnose(request)
    let count = attempts.count(request)
    let (reply, forwardProblem) = await answer(request, finding, isFailing: count <= configuration.failFirst)
    let duration = configuration.uptime() - start
    let saveProblem = configuration.folder?.save(request).map { DeliveryProblem(DeliveryProblem.notSaved, $0) }
    let delivery = log.append { number in
      ReceivedDelivery(
        number: number, port: port, request: request, diagnosis: finding.diagnosis,
        attempt: request.statedAttempt ?? request.eventID.map { _ in count }, response: reply, duration: duration,
        problem: forwardProblem?.joined(with: saveProblem) ?? saveProblem)
    }
    configuration.onDelivery(delivery)
    return reply
  }

  private func answer(
    _ request: ReceivedRequest, _ finding: Finding, isFailing: Bool
  ) async -> (ReceiverResponse, problem: DeliveryProblem?) {
    if isFailing { return (ReceiverResponse(500, "one of the first attempts, which fail here"), nil) }
    let isInvalid = finding.diagnosis?.valid == false
    switch configuration.answer {
    case .status(let status, let body):
      let usual = ReceiverResponse(status, status < 300 ? "ok" : "answered as told")
      return (body.map { ReceiverResponse(status, exactly: $0) } ?? usual, nil)
    case .routes:
      // A web page can reach this machine by a name of its own (DNS rebinding), but it cannot sign.
      guard request.isForThisMachine || finding.diagnosis?.valid == true else {
        return failure(
          403, DeliveryProblem.foreignHost, "not passed on: it is for another host, and not signed with a known secret")
      }
      if isInvalid, let status = configuration.invalidStatus { return (ReceiverResponse(status, Self.invalid), nil) }
      guard let forwarder else { return failure(502, DeliveryProblem.stopped, "nothing is forwarded any more") }
      switch await forwarder.forward(request, eventType: configuration.eventType(request)) {
      case .answered(let reply): return (reply, nil)
      case .failed(let status, let problem): return (ReceiverResponse(status, problem.message), problem)
      }
    case .verification:
      if isInvalid { return (ReceiverResponse(configuration.invalidStatus ?? 401, Self.invalid), nil) }
      return (ReceiverResponse(200, "ok"), nil)
    }
  }

  private static let invalid = "invalid signature"

  private func failure(_ status: Int, _ code: String, _ why: String) -> (ReceiverResponse, DeliveryProblem?) {
    (ReceiverResponse(status, why), DeliveryProblem(code, why))
  }
}

extension DeliveryProblem {
  /// The first one's code stands for both.
  fileprivate func joined(with other: DeliveryProblem?) -> DeliveryProblem {
    other.map { DeliveryProblem(code, "\(message); \($0.message)") } ?? self
  }
}

extension ReceiverResponse {
  /// What a health probe gets.
  fileprivate static func toProbe(_ method: String) -> ReceiverResponse {
    var response = ReceiverResponse(200, "ok")
    if method == "OPTIONS" { response.headers.append(Header(name: "Allow", value: "POST, GET, HEAD, OPTIONS")) }
    return response
  }
}

extension ReceivedRequest {
  /// Whether it names this machine as its host, by its own names or the very address that it came to, and comes from no web page of another one. A target in absolute form names
  /// the host too, and counts before `Host` does (RFC 9112, 3.2.2): here both have to be right.
  fileprivate var isForThisMachine: Bool {
    func values(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name }.map(\.value) }
    return AllowedHosts().allow(
      hosts: values("host") + hostsInTarget, origins: values("origin"), address: localAddress)
  }

  private var hostsInTarget: [String] {
    guard !target.hasPrefix("/"), let end = target.firstRange(of: "://") else { return [] }
    return [String(target[end.upperBound...].prefix { !"/?#".contains($0) })]
  }
}
