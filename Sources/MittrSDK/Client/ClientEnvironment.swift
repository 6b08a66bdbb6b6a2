import Basics

/// What the client takes from the world around it: time, chance and fresh names. Tests put their own in, and need not
/// wait.
public struct ClientEnvironment: Sendable {
  /// Waits between two attempts. It throws when the task is cancelled, at once.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// A number in `0..<1`, drawn anew for each delay.
  public var randomFraction: @Sendable () -> Double
  /// A key that no other call gets; by default a random UUID (version 4).
  public var newIdempotencyKey: @Sendable () -> String
  /// The time since 1970-01-01T00:00:00Z.
  public var now: @Sendable () -> Duration
  /// A clock that nobody sets, for how long a call takes.
  public var uptime: @Sendable () -> Duration

  /// The real world, but for what is given.
  public init(
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    randomFraction: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    newIdempotencyKey: @escaping @Sendable () -> String = { ClientEnvironment.randomUUID() },
    now: @escaping @Sendable () -> Duration = { ClientEnvironment.timeSince1970() },
    uptime: @escaping @Sendable () -> Duration = { ClientEnvironment.monotonicTime() }
  ) {
    self.sleep = sleep
    self.randomFraction = randomFraction
    self.newIdempotencyKey = newIdempotencyKey
    self.now = now
    self.uptime = uptime
  }

  /// The real world.
  public static let live = ClientEnvironment()

  /// A random UUID (RFC 9562, version 4) in lower case.
  public static func randomUUID() -> String { UUID.random() }

  /// The system's clock.
  public static func timeSince1970() -> Duration { time(of: CLOCK_REALTIME) }

  /// A clock that nobody sets; only differences mean something.
  public static func monotonicTime() -> Duration { time(of: CLOCK_MONOTONIC) }

  private static func time(of clock: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
