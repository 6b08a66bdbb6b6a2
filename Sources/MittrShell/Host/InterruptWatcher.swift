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
/// SIGINT's handler only writes a byte to a pipe, which a thread reads: any thread of the process may get the signal, and
/// blocking it is no way, since the main thread of an asynchronous program waits with all signals unblocked.
///
/// While something runs, the first SIGINT cancels it. One that finds nothing to cancel, and a second one, ends the
/// process at once with status 130; but not an interactive shell, where the line editor takes the key itself.
final class InterruptWatcher: Sendable {
  static let shared = InterruptWatcher()

  private struct State {
    /// Whether a body runs, or is just about to.
    var isRunning = false
    var cancel: (@Sendable () -> Void)?
    var hasCancelled = false
    var endsProcess = true
  }

  private let state = Mutex(State())

  /// From now on no interrupt ends the process.
  func leaveEndingToEditor() { state.withLock { $0.endsProcess = false } }

  /// Runs a body that an interrupt cancels.
  func run(_ body: () async -> Int32) async -> Int32 {
    await withoutActuallyEscaping(body) { body in
      // The task is awaited right here, so nobody else touches what the body captures while it runs.
      nonisolated(unsafe) let body = body
      // Said beforehand: the body may be well on its way before what cancels it is known.
      state.withLock { state in
        state.isRunning = true
        state.hasCancelled = false
      }
      let task = Task { await body() }
      let wasInterrupted = state.withLock { state in
        state.cancel = { task.cancel() }
        return state.hasCancelled
      }
      if wasInterrupted { task.cancel() }
      defer {
        state.withLock { state in
          state.isRunning = false
          state.cancel = nil
        }
      }
      return await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  /// Takes SIGINT over from now on. Call it once.
  func start() {
    guard let input = InterruptSignal.catchIt() else { return }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let argument = UnsafeMutableRawPointer(bitPattern: Int(input) + 1)
    pthread_create(
      &thread, nil,
      { argument in
        let input = Int32(Int(bitPattern: argument) - 1)
        var byte: UInt8 = 0
        while true {
          let count = read(input, &byte, 1)
          if count == 1 { InterruptWatcher.shared.interrupted() } else if count == 0 || errno != EINTR { return nil }
        }
      }, argument)
  }

  private func interrupted() {
    let cancel = state.withLock { state in
      if state.endsProcess, !state.isRunning || state.hasCancelled { _exit(130) }
      state.hasCancelled = true
      return state.cancel
    }
    cancel?()
  }
}

/// The part of it that runs in the signal's handler, where nothing but system calls is allowed.
private enum InterruptSignal {
  /// The pipe's end that the handler writes to.
  nonisolated(unsafe) private static var output: Int32 = -1

  /// Installs the handler; answers the end of the pipe to read from.
  static func catchIt() -> Int32? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[1]
    signal(SIGINT) { _ in
      let error = errno
      var byte: UInt8 = 0
      _ = write(InterruptSignal.output, &byte, 1)
      errno = error
    }
    return ends[0]
  }
}
