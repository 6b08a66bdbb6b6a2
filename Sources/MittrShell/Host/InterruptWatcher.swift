import Basics
import Interpreter
import Synchronization

/// Turns Ctrl-C into the ending of what runs.
///
/// SIGINT's handler only writes a byte to a pipe, which a thread reads: any thread of the process may get the signal, and
/// blocking it is no way, since the main thread of an asynchronous program waits with all signals unblocked.
///
/// While something runs, the first SIGINT cancels it; but if it has work under way that should end in good order, it asks
/// for that, and the next one cancels. One that finds nothing to cancel, and one behind that which cancelled, ends the
/// process at once with status 130; but not an interactive shell, where the line editor takes the key itself. A script
/// takes SIGTERM and SIGHUP in the same way: what would have been cut off ends in good order, with status 143 or 129.
final class InterruptWatcher: Sendable {
  static let shared = InterruptWatcher()

  private struct State {
    /// Whether a body runs, or is just about to.
    var isRunning = false
    var cancel: (@Sendable () -> Void)?
    var stopping: StopSignal?
    var hasStopped = false
    var hasCancelled = false
    var endsProcess = true
    var tidyUp: @Sendable () -> Void = {}
    /// What the bodies run on; nil is the pool that all tasks share.
    var executor: (any TaskExecutor)?
    /// The signal that came last.
    var signal = SIGINT
  }

  private let state = Mutex(State())

  /// From now on no interrupt ends the process, and the other signals end it as they always do.
  func leaveEndingToEditor() {
    state.withLock { $0.endsProcess = false }
    for number in [SIGTERM, SIGHUP] { InterruptSignal.leave(number) }
  }

  /// Has something done before an interrupt ends the process at once. It must not wait for anything.
  func tidyUp(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.tidyUp = body } }

  /// The status of a process that an interrupt ended.
  var exitStatus: Int32 { 128 + state.withLock { $0.signal } }

  /// Runs a body that an interrupt cancels.
  /// - Parameter stopping: what the first interrupt asks to end in good order, if there is anything that listens.
  func run(_ stopping: StopSignal, _ body: () async -> Int32) async -> Int32 {
    stopping.reset()
    return await withoutActuallyEscaping(body) { body in
      // The task is awaited right here, so nobody else touches what the body captures while it runs.
      nonisolated(unsafe) let body = body
      // Said beforehand: the body may be well on its way before what cancels it is known.
      let executor = state.withLock { state in
        state.isRunning = true
        state.stopping = stopping
        state.hasStopped = false
        state.hasCancelled = false
        return state.executor
      }
      let task = Task(executorPreference: executor) { await body() }
      let wasInterrupted = state.withLock { state in
        state.cancel = { task.cancel() }
        return state.hasCancelled
      }
      if wasInterrupted { task.cancel() }
      defer {
        state.withLock { state in
          state.isRunning = false
          state.cancel = nil
          state.stopping = nil
        }
      }
      return await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  /// Takes SIGINT over from now on, and SIGTERM and SIGHUP where they are not ignored. Call it once.
  /// - Parameter executor: what the bodies run on.
  func start(tasksOn executor: any TaskExecutor) {
    state.withLock { $0.executor = executor }
    guard let input = InterruptSignal.catchThem() else { return }
    _ = try? SystemThread.start {
      var byte: UInt8 = 0
      while true {
        let count = read(input, &byte, 1)
        if count == 1 {
          InterruptWatcher.shared.interrupted(Int32(byte))
        } else if count == 0 || errno != EINTR {
          return
        }
      }
    }
  }

  private func interrupted(_ signal: Int32) {
    let stopping = state.withLock { state in
      state.signal = signal
      if state.endsProcess, !state.isRunning || state.hasCancelled {
        state.tidyUp()
        _exit(128 + signal)
      }
      defer { state.hasStopped = true }
      return state.hasStopped ? nil : state.stopping
    }
    if let stopping, stopping.stop() { return }
    let (cancel, aborting) = state.withLock { state in
      state.hasCancelled = true
      return (state.cancel, state.stopping)
    }
    aborting?.abort()
    cancel?()
  }
}

/// The part of it that runs in the signal's handler, where nothing but system calls is allowed.
private enum InterruptSignal {
  /// The pipe's end that the handler writes to.
  nonisolated(unsafe) private static var output: Int32 = -1

  /// Installs the handler; answers the end of the pipe to read from.
  static func catchThem() -> Int32? {
    guard let ends = try? SystemPipe() else { return nil }
    output = ends.writeEnd
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      // What is ignored, as under nohup, stays so.
      if number != SIGINT, sigaction(number, nil, &action) == 0, action.isIgnored { continue }
      signal(number) { number in
        let error = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(InterruptSignal.output, &byte, 1)
        errno = error
      }
    }
    return ends.readEnd
  }

  /// Leaves a signal to do what it does by default, if it was caught.
  static func leave(_ number: Int32) {
    var action = sigaction()
    if sigaction(number, nil, &action) == 0, !action.isIgnored { signal(number, SIG_DFL) }
  }
}
