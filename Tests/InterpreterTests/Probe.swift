import Interpreter
import OrderedJSON
import Synchronization

/// A command `numbers` that counts up for ever and notes what is asked of it.
final class Probe: Sendable {
  private struct State {
    var pulled = 0
    var closed = 0
    var expected: Int?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var pulled: Int { state.withLock { $0.pulled } }
  var closed: Int { state.withLock { $0.closed } }
  var expected: Int? { state.withLock { $0.expected } }

  /// Returns once the first item was pulled.
  func started() async {
    await withCheckedContinuation { continuation in
      let isStarted = state.withLock { state in
        if state.pulled == 0 { state.waiter = continuation }
        return state.pulled > 0
      }
      if isStarted { continuation.resume() }
    }
  }

  var command: Command {
    Command("numbers", topic: .data, "counts up", input: .none, result: .stream, examples: []) { call in
      var next = 0
      return .stream(
        ItemStream(
          expecting: { count in self.state.withLock { $0.expected = count } },
          cleanUp: { self.state.withLock { $0.closed += 1 } },
          pull: { () async throws(Interruption) -> JSONValue? in
            next += 1
            let waiter = self.state.withLock { state in
              state.pulled += 1
              defer { state.waiter = nil }
              return state.waiter
            }
            waiter?.resume()
            return .number(JSONNumber(next))
          }))
    }
  }
}
