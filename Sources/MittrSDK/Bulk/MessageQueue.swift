import Synchronization

/// Where tasks, timers and threads leave messages for the one task that reads them.
package final class MessageQueue<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  package init() {}

  package func post(_ message: Message) {
    let reader = state.withLock { state in
      state.messages.append(message)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  /// All messages there are, in the order in which they came; waits for the first one. Being cancelled is no reason to
  /// return: cancelling posts a message instead.
  package func messages() async -> [Message] {
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
  package func taken() -> [Message] {
    state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }
}
