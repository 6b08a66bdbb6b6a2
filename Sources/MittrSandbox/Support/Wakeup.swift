import Synchronization

/// Where the delivery worker sleeps until there is work, and where others wait until it has none.
final class Wakeup: Sendable {
  private enum Worker {
    case awake
    /// Awake, and told that there is more to do.
    case signalled
    case asleep(CheckedContinuation<Void, Never>, isAtRest: Bool)
    case gone
  }

  private struct State {
    var worker = Worker.awake
    var observers: [CheckedContinuation<Void, Never>] = []

    mutating func takeObservers() -> [CheckedContinuation<Void, Never>] {
      defer { observers = [] }
      return observers
    }
  }

  private let state = Mutex(State())

  /// Wakes the worker, or keeps it from falling asleep.
  func signal() { wake(.signalled) }

  /// The worker's sleep: until a signal, for the time given (without end when nil), or until the task is cancelled.
  /// - Parameter isAtRest: whether nothing is under way meanwhile.
  func sleep(for duration: Duration?, isAtRest: Bool) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.sleepUntilSignalled(isAtRest: isAtRest) }
      if let duration { group.addTask { try? await Task.sleep(for: duration) } }
      await group.next()
      group.cancelAll()
    }
  }

  /// Returns once the worker sleeps with nothing under way, or is gone.
  func rest() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isAtRest = state.withLock { state in
        switch state.worker {
        case .asleep(_, isAtRest: true), .gone: return true
        case .asleep, .awake, .signalled:
          state.observers.append(continuation)
          return false
        }
      }
      if isAtRest { continuation.resume() }
    }
  }

  /// Says that there is no worker, or none any more.
  func finish() {
    let observers = state.withLock { state in
      state.worker = .gone
      return state.takeObservers()
    }
    for observer in observers { observer.resume() }
  }

  private func sleepUntilSignalled(isAtRest: Bool) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let resumed: [CheckedContinuation<Void, Never>] = state.withLock { state in
          guard case .awake = state.worker, !Task.isCancelled else {
            state.worker = .awake
            return [continuation]
          }
          state.worker = .asleep(continuation, isAtRest: isAtRest)
          return isAtRest ? state.takeObservers() : []
        }
        for continuation in resumed { continuation.resume() }
      }
    } onCancel: {
      wake(.awake)
    }
  }

  /// Ends the worker's sleep. A worker that is awake keeps a signal until it would sleep.
  private func wake(_ awake: Worker) {
    let sleeper: CheckedContinuation<Void, Never>? = state.withLock { state in
      switch state.worker {
      case .asleep(let continuation, _):
        state.worker = .awake
        return continuation
      case .awake: state.worker = awake
      case .signalled, .gone: break
      }
      return nil
    }
    sleeper?.resume()
  }
}
