import Synchronization

/// The attempts that a fault holds back. Each is held back once only: when its turn comes again, it is made.
final class HeldDeliveries: Sendable {
  private struct State {
    var held: Set<AttemptID> = []
    /// Of those that wait for a later one, by the receiver.
    var waiting: [String: [AttemptID]] = [:]
  }

  private let state = Mutex(State())
  /// More are not held back.
  private static let limit = 100_000

  /// - Parameter receiver: whose next delivery it waits for; nil when it waits for its time alone.
  /// - Returns: false when there is no room.
  func hold(_ attempt: AttemptID, until receiver: String?) -> Bool {
    state.withLock { state in
      guard state.held.count < Self.limit else { return false }
      state.held.insert(attempt)
      if let receiver { state.waiting[receiver, default: []].append(attempt) }
      return true
    }
  }

  /// Forgets an attempt whose turn has come.
  /// - Returns: whether it was held back.
  func take(_ attempt: AttemptID, of receiver: String) -> Bool {
    state.withLock { state in
      guard state.held.remove(attempt) != nil else { return false }
      state.waiting[receiver]?.removeAll { $0 == attempt }
      if state.waiting[receiver]?.isEmpty == true { state.waiting[receiver] = nil }
      return true
    }
  }

  /// The attempts that wait for a later one to this receiver.
  func waiting(for receiver: String) -> [AttemptID] { state.withLock { $0.waiting[receiver] ?? [] } }
}
