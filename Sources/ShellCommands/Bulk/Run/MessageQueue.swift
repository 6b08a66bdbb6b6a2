import Interpreter
import Synchronization

/// Where tasks, timers and threads leave messages for the one task that reads them.
final class MessageQueue<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func post(_ message: Message) {
    let reader = state.withLock { state in
      state.messages.append(message)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  /// All messages there are, in the order in which they came; waits for the first one. Being cancelled is no reason to
  /// return: cancelling posts a message instead.
  func messages() async -> [Message] {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.messages.isEmpty { state.reader = continuation }
        return !state.messages.isEmpty
      }
      if isThere { continuation.resume() }
    }
    return taken()
  }

  /// All messages there are by now.
  func taken() -> [Message] {
    state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }
}

/// One timer, which is set anew as often as needed.
final class Timer {
  private let clock: SessionClock
  private let fire: @Sendable () -> Void
  private var time: Duration?
  private var task: Task<Void, Never>?

  /// - Parameter fire: called from any thread.
  init(clock: SessionClock, fire: @escaping @Sendable () -> Void) {
    self.clock = clock
    self.fire = fire
  }

  /// Fires at this time, by the clock's uptime, and not at the time that was set before.
  func set(_ time: Duration?) {
    guard time != self.time || task == nil else { return }
    task?.cancel()
    self.time = time
    task = time.map { time in
      Task { [clock, fire] in
        let left = time - clock.uptime()
        do { if left > .zero { try await clock.sleep(left) } } catch { return }
        if !Task.isCancelled { fire() }
      }
    }
  }

  /// It fired: the same time may be set again.
  func didFire() {
    task = nil
    time = nil
  }
}
