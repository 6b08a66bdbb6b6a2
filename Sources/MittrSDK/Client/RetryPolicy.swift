/// When a failed request is tried again, and after how long.
///
/// A request is retried only when that cannot do its work twice. Reads, and an event sent under an idempotency key, are
/// retried after lost connections, timeouts and the answers 408 and 5xx other than 501. Everything else is retried only
/// when it was refused before it was processed: the connection was refused, the name not resolved, or the answer was 429,
/// or 503 with `Retry-After`.
public struct RetryPolicy: Sendable, Hashable {
  /// How often a request is sent at most, the first time included.
  public var maximumAttempts: Int
  /// The delay before the first retry.
  public var baseDelay: Duration
  /// By how much each further delay is longer.
  public var multiplier: Double
  /// The longest delay that `multiplier` leads to.
  public var maximumDelay: Duration
  /// How much of a delay is left to chance, from 0 to 1: with 0.5, a delay of 8 s is one between 4 and 8 s.
  public var jitter: Double
  /// The longest `Retry-After` that is waited out. When the server asks for more, the call fails at once.
  public var maximumRetryAfter: Duration
  /// How long a call may go on, its waits included: no attempt begins later than this after the first one. One that has
  /// begun may still take its timeout. Nil, the default, sets no bound but the number of attempts.
  public var maximumElapsed: Duration?

  /// The usual policy, but for what is given.
  public init(
    maximumAttempts: Int = 4, baseDelay: Duration = .milliseconds(250), multiplier: Double = 2,
    maximumDelay: Duration = .seconds(8), jitter: Double = 0.5, maximumRetryAfter: Duration = .seconds(60),
    maximumElapsed: Duration? = nil
  ) {
    self.maximumAttempts = maximumAttempts
    self.baseDelay = baseDelay
    self.multiplier = multiplier
    self.maximumDelay = maximumDelay
    self.jitter = jitter
    self.maximumRetryAfter = maximumRetryAfter
    self.maximumElapsed = maximumElapsed
  }

  /// Four attempts, with delays of about 0.25, 0.5 and 1 seconds.
  public static let `default` = RetryPolicy()
  /// Every request is sent once.
  public static let never = RetryPolicy(maximumAttempts: 1)
}

extension RetryPolicy {
  /// How long to wait before sending a request again; nil when it is not to be sent again.
  /// - Parameters:
  ///   - error: how the last attempt ended.
  ///   - attempts: how often the request was sent so far, 1 or more.
  ///   - elapsed: how long ago the first attempt began.
  ///   - isRepeatable: whether doing the request twice does no more than doing it once.
  ///   - randomFraction: a number in `0..<1`.
  func delay(
    after error: MittrError, attempts: Int, elapsed: Duration, isRepeatable: Bool, randomFraction: Double
  ) -> Duration? {
    guard attempts < maximumAttempts, Self.allowsRetry(after: error, isRepeatable: isRepeatable),
      let delay = delay(after: error, attempts: attempts, randomFraction: randomFraction)
    else { return nil }
    if let maximumElapsed, elapsed + delay > maximumElapsed { return nil }
    return delay
  }

  private func delay(after error: MittrError, attempts: Int, randomFraction: Double) -> Duration? {
    let backoff = backoff(retry: attempts)
    let random = backoff * (min(max(jitter, 0), 1) * randomFraction)
    guard let retryAfter = error.retryAfter else { return .seconds(backoff - random) }
    guard retryAfter <= maximumRetryAfter else { return nil }
    // Never sooner than asked; and not all clients in the same instant.
    return retryAfter + .seconds(random)
  }

  /// In seconds.
  private func backoff(retry: Int) -> Double {
    let longest = max(0, maximumDelay / .seconds(1))
    var delay = max(0, baseDelay / .seconds(1))
    for _ in 1..<max(1, retry) where delay < longest { delay *= max(1, multiplier) }
    return delay < longest ? delay : longest
  }

  private static func allowsRetry(after error: MittrError, isRepeatable: Bool) -> Bool {
    switch (error.status, error.transportError?.kind) {
    case (429, _): true
    case (503, _) where error.retryAfter != nil: true
    case (_?, _): isRepeatable && error.isTransient
    case (nil, .connectionRefused), (nil, .dns), (nil, .connectTimeout), (nil, .timeout), (nil, .connectionLost):
      isRepeatable || error.transportError?.mayHaveReachedServer == false
    case (nil, _): false
    }
  }
}
