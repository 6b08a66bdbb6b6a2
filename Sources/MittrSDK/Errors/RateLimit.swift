/// What the server said about the rate limit (`X-RateLimit-*`); each part only if it said so.
public struct RateLimit: Sendable, Hashable {
  /// How many requests a window allows.
  public let limit: Int?
  /// How many are left in this window.
  public let remaining: Int?
  /// When the window ends, in Unix seconds.
  public let reset: Int?
  /// How long the window goes on, by the server's own clock (`Date`) where it tells the time; nil when that is not known.
  public let timeLeft: Duration?

  /// A limit for tests of what is made of one.
  public init(limit: Int? = nil, remaining: Int? = nil, reset: Int? = nil, timeLeft: Duration? = nil) {
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
    self.timeLeft = timeLeft
  }

  /// Nil when the response has none of these headers.
  /// - Parameter now: the time since 1970.
  init?(_ response: TransportResponse, now: Duration) {
    // Some servers count below zero.
    limit = response.header("X-RateLimit-Limit").flatMap { Int($0) }.map { max(0, $0) }
    remaining = response.header("X-RateLimit-Remaining").flatMap { Int($0) }.map { max(0, $0) }
    reset = response.header("X-RateLimit-Reset").flatMap { Int($0) }
    timeLeft = reset.map { reset in
      // The moment is one of the server's clock, to the second.
      max(.zero, .seconds(min(reset, 1 << 40)) - (response.serverTime ?? now))
    }
    if limit == nil, remaining == nil, reset == nil { return nil }
  }
}
