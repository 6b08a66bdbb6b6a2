/// An endpoint's circuit breaker: it spares a receiver that keeps failing.
enum Circuit: Sendable, Hashable {
  /// Deliveries go out; so many have failed in a row.
  case closed(failures: Int)
  /// Deliveries wait until a first one may be tried.
  case open(until: Timestamp)
  /// One delivery is being tried; its outcome decides.
  case halfOpen

  /// The word the API shows.
  var state: String {
    switch self {
    case .closed: "closed"
    case .open: "open"
    case .halfOpen: "half-open"
    }
  }

  var afterSuccess: Circuit { .closed(failures: 0) }

  /// - Parameters:
  ///   - threshold: the failures in a row that open it.
  ///   - reset: when an opened circuit may be tried again.
  func afterFailure(threshold: Int, reset: Timestamp) -> Circuit {
    switch self {
    case .closed(let failures) where failures + 1 < threshold: .closed(failures: failures + 1)
    case .closed, .halfOpen: .open(until: reset)
    // A delivery that was under way when another one opened the circuit.
    case .open: self
    }
  }
}
