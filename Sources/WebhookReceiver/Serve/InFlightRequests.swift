import NIOCore
import Synchronization

/// The requests that are being answered, so that none is still at work when the receiver has stopped.
final class InFlightRequests: Sendable {
  private struct State {
    var tasks: [Int: Task<Void, Never>] = [:]
    var next = 0
    var hasEnded = false
  }

  private let state = Mutex(State())

  /// Responds in a task of its own.
  func start(_ promise: EventLoopPromise<ReceiverResponse>, _ answer: @escaping @Sendable () async -> ReceiverResponse)
  {
    let starts = state.withLock { state in
      guard !state.hasEnded else { return false }
      state.next += 1
      let number = state.next
      state.tasks[number] = Task {
        promise.succeed(await answer())
        _ = self.state.withLock { $0.tasks.removeValue(forKey: number) }
      }
      return true
    }
    if !starts { promise.fail(ChannelError.ioOnClosedChannel) }
  }

  /// Cancels what is under way and waits for it. Nothing is started afterwards.
  func end() async {
    let tasks = state.withLock { state in
      state.hasEnded = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }
}
