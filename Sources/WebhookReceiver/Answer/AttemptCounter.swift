import Synchronization

/// Counts how often each event came.
final class AttemptCounter: Sendable {
  private struct State {
    var attempts: [String: Int] = [:]
    /// In the order in which they first came.
    var order: [String] = []
  }

  private let state = Mutex(State())
  /// Events that are remembered; the oldest is forgotten first.
  private static let limit = 10_000
  /// Characters of an event's name that are looked at.
  private static let longestName = 256

  /// How often the request's event has come, this time included. Requests that name no event count as one event.
  func count(_ request: ReceivedRequest) -> Int {
    let event = String((request.eventID ?? "").prefix(Self.longestName))
    return state.withLock { state in
      if state.attempts[event] == nil {
        if state.order.count >= Self.limit { state.attempts[state.order.removeFirst()] = nil }
        state.order.append(event)
      }
      state.attempts[event, default: 0] += 1
      return state.attempts[event, default: 0]
    }
  }
}
