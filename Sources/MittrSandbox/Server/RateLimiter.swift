import HTTPTypes
import Synchronization

/// So many requests a second. A window begins with the first request after the last one ended.
final class RateLimiter: Sendable {
  private struct Window {
    var start: ContinuousClock.Instant
    var count: Int
  }

  private let limit: Int
  private let window = Mutex<Window?>(nil)

  init(limit: Int) { self.limit = limit }

  /// Whether one request may pass, and what to tell its sender.
  struct Decision: Sendable, Hashable {
    let isAdmitted: Bool
    let limit: Int
    let remaining: Int
  }

  /// Counts a request; a refused one does not count.
  func admit(at now: ContinuousClock.Instant) -> Decision {
    window.withLock { window in
      var current = window ?? Window(start: now, count: 0)
      if now - current.start >= .seconds(1) { current = Window(start: now, count: 0) }
      let isAdmitted = current.count < limit
      if isAdmitted { current.count += 1 }
      window = current
      return Decision(isAdmitted: isAdmitted, limit: limit, remaining: limit - current.count)
    }
  }
}

extension RateLimiter.Decision {
  /// Adds `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds): a window ends within a second.
  func addHeaders(to headers: inout HTTPFields, now: Timestamp) {
    headers[named: "X-RateLimit-Limit"] = String(limit)
    headers[named: "X-RateLimit-Remaining"] = String(remaining)
    headers[named: "X-RateLimit-Reset"] = String(now.seconds + 1)
  }
}
