public import ServiceLifecycle

/// A client among the services of a `ServiceGroup`:
/// ```swift
/// let app = Application(router: router, services: [mittr])
/// ```
/// Put it before the services that use it: a group ends its services in the reverse order, so that they can still make
/// calls while they end.
extension Mittr: Service {
  /// Waits until the group shuts down, or the task is cancelled; then does what `shutdown()` does.
  /// - Throws: nothing.
  public func run() async throws {
    // Cancelling is a way to end as well.
    try? await gracefulShutdown()
    await shutdown()
  }
}
