/// A thread of its own, for what blocks: the pool that all tasks share has no more threads than the machine has cores.
package struct SystemThread: @unchecked Sendable {
  // A handle: a number or a pointer that nobody here looks behind.
  private let handle: pthread_t

  /// Runs a body on a new thread.
  /// - Returns: the thread, which the caller has to `join` or `detach` once.
  /// - Throws: why there is no thread. The body has not run then.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) -> SystemThread {
    let handedOver = Unmanaged.passRetained(Body(body))
    #if canImport(Darwin)
      var handle: pthread_t?
    #else
      var handle = pthread_t()
    #endif
    let code = pthread_create(&handle, nil, Self.entry, handedOver.toOpaque())
    #if canImport(Darwin)
      guard code == 0, let handle else {
        handedOver.release()
        throw SystemError(code)
      }
    #else
      guard code == 0 else {
        handedOver.release()
        throw SystemError(code)
      }
    #endif
    return SystemThread(handle: handle)
  }

  #if canImport(Darwin)
    private static let entry: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
      Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }
  #else
    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }
  #endif

  /// Waits for its end.
  package func join() { pthread_join(handle, nil) }

  /// Leaves it to itself.
  package func detach() { pthread_detach(handle) }

  /// Whether this is the thread that asks.
  package var isCurrent: Bool { pthread_equal(handle, pthread_self()) != 0 }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
