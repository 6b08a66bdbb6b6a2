/// What the server said about the rate limit (`X-RateLimit-*`); each part only if it said so.
public struct RateLimit: Sendable, Hashable {
  /// How many requests a window allows.
  public let limit: Int?
  /// How many are left in this window.
  public let remaining: Int?
  /// When the window ends, in Unix seconds.
  public let reset: Int?

  /// Nil when the response has none of these headers.
  init?(_ response: TransportResponse) {
    limit = response.header("X-RateLimit-Limit").flatMap { Int($0) }
    remaining = response.header("X-RateLimit-Remaining").flatMap { Int($0) }
    reset = response.header("X-RateLimit-Reset").flatMap { Int($0) }
    if limit == nil, remaining == nil, reset == nil { return nil }
  }
}
