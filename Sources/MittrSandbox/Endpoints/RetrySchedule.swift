/// How long to wait after a failed attempt.
enum RetrySchedule: Sendable, Hashable {
  /// The platform's own: 1 s, 5 s, 30 s, 2 m, 10 m, 30 m, 1 h, 2 h, 6 h, 24 h, and 24 h from then on.
  case standard
  /// An endpoint's own: `min(first · multiplier^attempt, maximum)`.
  case exponential(firstMilliseconds: Double, maximumMilliseconds: Double, multiplier: Double)

  /// No event has more attempts than this.
  static let maximumAttempts = 25
  private static let standardSeconds: [Int64] = [1, 5, 30, 120, 600, 1800, 3600, 7200, 21_600, 86_400]

  /// - Parameters:
  ///   - attempt: the attempt that failed, from 1.
  ///   - jitter: the share by which the wait is lengthened, from -0.1 to 0.1.
  ///   - timeScale: what the wait is divided by.
  /// - Returns: milliseconds, at least 1.
  func delayMilliseconds(afterAttempt attempt: Int, jitter: Double, timeScale: Double) -> Int64 {
    let index = max(0, attempt - 1)
    let delay: Double
    switch self {
    case .standard:
      delay = Double(Self.standardSeconds[min(index, Self.standardSeconds.count - 1)]) * 1000
    case .exponential(let first, let maximum, let multiplier):
      var product = first
      for _ in 0..<min(index, Self.maximumAttempts) { product = min(product * multiplier, maximum) }
      delay = min(product, maximum)
    }
    return max(1, Int64((delay * (1 + jitter) / timeScale).rounded()))
  }
}
