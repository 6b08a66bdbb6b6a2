/// How one attempt ended.
enum DeliveryOutcome: Sendable, Hashable {
  /// The receiver answered 2xx.
  case delivered(statusCode: Int)
  /// The receiver answered anything else.
  case rejected(statusCode: Int)
  /// No answer came; the message says why.
  case unreachable(String)

  var isSuccess: Bool { if case .delivered = self { true } else { false } }

  var statusCode: Int? {
    switch self {
    case .delivered(let code), .rejected(let code): code
    case .unreachable: nil
    }
  }

  /// nil for a success.
  var error: String? {
    switch self {
    case .delivered: nil
    case .rejected(let code): "the receiver answered \(code)"
    case .unreachable(let message): message
    }
  }
}

extension Event {
  /// Takes over how an attempt ended.
  /// - Returns: when to try again; nil when it was delivered or is dead.
  mutating func finishAttempt(_ outcome: DeliveryOutcome, now: Timestamp, retryAt: Timestamp) -> Timestamp? {
    attempts += 1
    touch(now)
    lastError = outcome.error
    guard !outcome.isSuccess else {
      status = .delivered
      deliveredAt = now
      return nil
    }
    status = attempts < maxAttempts ? .failed : .dead
    return status == .failed ? retryAt : nil
  }
}

extension Endpoint {
  /// The endpoint with its circuit after an attempt.
  func after(_ outcome: DeliveryOutcome, now: Timestamp, timeScale: Double) -> Endpoint {
    var endpoint = self
    let reset = max(1, Int64(Double(circuitResetMilliseconds) / timeScale))
    endpoint.circuit =
      outcome.isSuccess
      ? circuit.afterSuccess
      : circuit.afterFailure(threshold: circuitThreshold, reset: now.advanced(byMilliseconds: reset))
    return endpoint
  }
}
