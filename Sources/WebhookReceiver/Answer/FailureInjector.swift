import Synchronization

/// Counts how often each event came, so that its first attempts may fail.
final class FailureInjector: Sendable {
  private struct State {
    var attempts: [String: Int] = [:]
    /// In the order in which they first came.
    var order: [String] = []
  }

  private let count: Int
  private let state = Mutex(State())
  /// Events that are remembered; the oldest is forgotten first.
  private static let limit = 10_000
  /// Characters of an event's name that are looked at.
  private static let longestName = 256

  init(count: Int) { self.count = count }

  /// Whether this attempt is one of the first ones of its event. Requests that name no event count as one event.
  func fails(_ request: ReceivedRequest) -> Bool {
    guard count > 0 else { return false }
    let event = String((request.eventID ?? "").prefix(Self.longestName))
    return state.withLock { state in
      if state.attempts[event] == nil {
        if state.order.count >= Self.limit { state.attempts[state.order.removeFirst()] = nil }
        state.order.append(event)
      }
      state.attempts[event, default: 0] += 1
      return state.attempts[event, default: 0] <= count
    }
  }
}
