import MittrWebhooks

/// Decides about each request: verifies it, keeps it, tells of it, and says what to answer.
struct DeliveryDesk: Sendable {
  let configuration: ReceiverConfiguration
  let log: DeliveryLog
  let earlyFailures: EarlyFailures
  let forwarder: Forwarder?

  func reply(to request: ReceivedRequest) async -> Reply {
    let finding = await configuration.diagnose(request)
    var (reply, remark) = await answer(request, finding)
    if let failure = configuration.folder?.save(request) {
      remark = [remark, failure].compactMap(\.self).joined(separator: "; ")
    }
    let delivery = log.append(request, finding, status: reply.status, remark: remark)
    configuration.onDelivery(delivery)
    if request.method == "HEAD" { reply.body = [] }
    return reply
  }

  private func answer(_ request: ReceivedRequest, _ finding: Finding) async -> (Reply, remark: String?) {
    if earlyFailures.fails(request) { return (Reply(500, "one of the first attempts, which fail here"), nil) }
    switch configuration.answer {
    case .status(let status): return (Reply(status, status < 300 ? "ok" : "answered as told"), nil)
    case .forward:
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
