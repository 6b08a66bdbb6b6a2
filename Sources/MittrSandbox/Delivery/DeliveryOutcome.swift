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

/// Which attempt it is: of which event, and after which replay.
struct AttemptID: Sendable, Hashable {
  /// The event's row.
  let sequence: Int64
  let replays: Int
  /// 1 for the first after the event was sent or replayed.
  let number: Int
}

/// An attempt that was made, and when it ended.
struct FinishedAttempt: Sendable, Hashable {
  let outcome: DeliveryOutcome
  let at: Timestamp
}

extension Event {
  /// Takes over how attempts ended: one, or a delivery and its duplicate. An event that was accepted once is delivered.
  /// - Returns: when to try again; nil when it was delivered or is dead.
  mutating func finish(_ finished: [FinishedAttempt], now: Timestamp, retryAt: Timestamp) -> Timestamp? {
    attempts += finished.count
    touch(now)
    if let success = finished.first(where: \.outcome.isSuccess) {
      lastError = nil
      status = .delivered
      deliveredAt = success.at
      return nil
    }
    lastError = finished.last?.outcome.error
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
