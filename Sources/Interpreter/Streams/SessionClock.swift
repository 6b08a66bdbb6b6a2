/// How a session measures time and waits: a seam for tests, which need not wait.
public struct SessionClock: Sendable {
  /// The time since some fixed moment, which no change of the machine's clock disturbs.
  public var uptime: @Sendable () -> Duration
  /// Waits so long; throws, whatever it likes, when the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void

  public init(
    uptime: @escaping @Sendable () -> Duration = { SessionClock.systemUptime() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await SessionClock.systemSleep($0) }
  ) {
    self.uptime = uptime
    self.sleep = sleep
  }

  private static let start = ContinuousClock.now

  public static func systemUptime() -> Duration { ContinuousClock.now - start }

  public static func systemSleep(_ duration: Duration) async throws {
    try await Task.sleep(for: duration, clock: .continuous)
  }
}
