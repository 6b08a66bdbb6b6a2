import Synchronization

/// How work that should come to an end in good order learns that it should: the host sends the signal at the
/// first Ctrl-C, and cancels the task only at the second. Work that nobody would miss needs none of this, since the host
/// cancels at once where nobody listens.
public final class StopSignal: Sendable {
  public enum Level: Int, Sendable {
    case none
    /// Begin nothing new, and let what is under way end.
    case stop
    /// Give up what is under way too.
    case abort
  }

  public typealias Listener = @Sendable (Level) -> Void

  private struct State {
    var level = Level.none
    var listeners: [Int: Listener] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// What was asked for since the last `reset`.
  public var level: Level { state.withLock { $0.level } }

  /// Asks all that listen to stop.
  /// - Returns: false when nobody listens, and nothing happens.
  public func stop() -> Bool {
    let listeners = state.withLock { state in
      if !state.listeners.isEmpty, state.level == .none { state.level = .stop }
      return Array(state.listeners.values)
    }
    for listener in listeners { listener(.stop) }
    return !listeners.isEmpty
  }

  /// Asks all that listen to give up. The host cancels the task as well.
  public func abort() {
    let listeners = state.withLock { state in
      state.level = .abort
      return Array(state.listeners.values)
    }
    for listener in listeners { listener(.abort) }
  }

  /// Begins anew, with the next statement.
  public func reset() { state.withLock { $0.level = .none } }

  /// - Parameter listener: called from any thread.
  /// - Returns: what to hand to `ignore`.
  public func listen(_ listener: @escaping Listener) -> Int {
    state.withLock { state in
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
  }

  public func ignore(_ number: Int) { state.withLock { _ = $0.listeners.removeValue(forKey: number) } }
}
