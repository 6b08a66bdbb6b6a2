import Basics
import Synchronization

/// Work that waits for a person. The pool that all tasks share has no more threads than the machine has cores: one that
/// waits in it blocks everything else that the session does.
enum BlockingWork {
  /// Runs a body on a thread of its own, and waits for it as a task does.
  /// - Parameter body: is told, whenever it asks, whether the task that waits for it was cancelled; to end then is up to
  ///   it.
  static func run<Value: Sendable, Thrown: Error>(
    _ body: @escaping (_ isCancelled: () -> Bool) throws(Thrown) -> Value
  ) async throws(Thrown) -> Value {
    let flag = Flag()
    // The caller waits right here, so nobody else touches what the body captures while it runs.
    nonisolated(unsafe) let body = body
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, Thrown>, Never>) in
        let work = Work {
          do throws(Thrown) {
            continuation.resume(returning: .success(try body { flag.isRaised }))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        }
        // Where the system refuses a thread, the caller's must do.
        do throws(SystemError) { try SystemThread.start(work.run).detach() } catch { work.run() }
      }
    } onCancel: {
      flag.raise()
    }
    return try result.get()
  }

  private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }
    func raise() { state.store(true, ordering: .releasing) }
  }

  private struct Work: Sendable {
    let run: @Sendable () -> Void
  }
}
