import Synchronization

/// A gate that is closed until somebody opens it.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var next: UInt64 = 0
  }

  private let state = Mutex(State())

  func open() {
    let waiters = state.withLock { state in
      defer { state.waiters = [:] }
      state.isOpen = true
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns once the gate is open, or the task is cancelled.
  func pass() async {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if !state.isOpen, !Task.isCancelled { state.waiters[number] = continuation }
          return state.waiters[number] == nil
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }
}

/// Holds everybody until so many have come; whoever comes later is not held.
final class Barrier: Sendable {
  private let gate = Gate()
  private let missing: Mutex<Int>

  init(parties: Int) { missing = Mutex(parties) }

  func arrive() async {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing <= 0
    }
    if isLast { gate.open() }
    await gate.pass()
  }
}
