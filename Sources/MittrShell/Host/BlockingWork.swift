import Basics
import Synchronization

/// Work that waits for a person. The pool that all tasks share has no more threads than the machine has cores: one that
/// waits in it stands in the way of whatever else the session does.
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
        work.start()
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

  private final class Work: Sendable {
    private let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }

    /// Where the system refuses a thread, the caller's must do.
    func start() {
      let handedOver = UInt(bitPattern: Unmanaged.passRetained(self).toOpaque())
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let code = pthread_create(
        &thread, nil,
        { argument in
          Work.taken(UInt(bitPattern: argument))?.run()
          return nil
        }, UnsafeMutableRawPointer(bitPattern: handedOver))
      guard code == 0 else {
        Work.taken(handedOver)?.run()
        return
      }
      #if canImport(Darwin)
        if let thread { pthread_detach(thread) }
      #else
        pthread_detach(thread)
      #endif
    }

    private static func taken(_ handedOver: UInt) -> Work? {
      UnsafeMutableRawPointer(bitPattern: handedOver).map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue() }
    }
  }
}
