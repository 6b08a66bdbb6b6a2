import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns Ctrl-C into the cancelling of what runs.
///
/// SIGINT is blocked in all threads; one waits for it. While something runs, the first SIGINT cancels it; a second one,
/// if asked to, ends the process at once. While nothing runs it means nothing: the line editor takes the key itself.
final class InterruptWatcher: Sendable {
  static let shared = InterruptWatcher()

  private struct State {
    var cancel: (@Sendable () -> Void)?
    var interrupts = 0
    var endsProcessAtSecond = false
    var isWatching = false
  }

  private let state = Mutex(State())

  /// Call it before any other thread is started.
  static func prepare() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Runs a body that an interrupt cancels.
  func run(endsProcessAtSecond: Bool = false, _ body: () async -> Int32) async -> Int32 {
    watch()
    return await withoutActuallyEscaping(body) { body in
      // The task is awaited right here, so nobody else touches what the body captures while it runs.
      nonisolated(unsafe) let body = body
      let task = Task { await body() }
      state.withLock { state in
        state.cancel = { task.cancel() }
        state.interrupts = 0
        state.endsProcessAtSecond = endsProcessAtSecond
      }
      defer { state.withLock { $0.cancel = nil } }
      return await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  private func watch() {
    let isFirst = state.withLock { state in
      defer { state.isWatching = true }
      return !state.isWatching
    }
    guard isFirst else { return }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        var number: Int32 = 0
        while sigwait(&signals, &number) == 0 { InterruptWatcher.shared.interrupted() }
        return nil
      }, nil)
    pthread_detach(thread)
  }

  private func interrupted() {
    let cancel = state.withLock { state in
      state.interrupts += 1
      if state.interrupts > 1, state.endsProcessAtSecond, state.cancel != nil { _exit(130) }
      return state.cancel
    }
    cancel?()
  }
}
