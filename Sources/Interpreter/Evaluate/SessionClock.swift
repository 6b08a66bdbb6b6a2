/// How a session measures time and waits: a seam for tests, which need not wait.
public struct SessionClock {
  /// The time since some fixed moment, which no change of the machine's clock disturbs.
  public var uptime: () -> Duration
  /// Waits so long; throws, whatever it likes, when the task is cancelled.
  public var sleep: (Duration) async throws -> Void

  public init(
    uptime: @escaping () -> Duration = SessionClock.systemUptime,
    sleep: @escaping (Duration) async throws -> Void = SessionClock.systemSleep
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
