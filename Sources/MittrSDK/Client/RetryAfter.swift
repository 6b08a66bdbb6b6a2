/// What `Retry-After` says (RFC 9110, 10.2.3): a number of seconds, or a date.
enum RetryAfter: Sendable, Hashable {
  case seconds(Int)
  /// In seconds since 1970.
  case date(Int)

  /// Longer than anybody waits, and short enough to calculate with.
  private static let longestSeconds = 1_000_000_000

  /// Nil for a text that is neither.
  init?(_ text: String) {
    let digits = text.trimmedOfSpaces
    if !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      self = .seconds(min(Int(digits) ?? .max, Self.longestSeconds))
    } else if let date = HTTPDate.secondsSince1970(text) {
      self = .date(date)
    } else {
      return nil
    }
  }

  /// Nil when the answer has no such header, or one that says neither.
  init?(_ response: TransportResponse) {
    guard let text = response.header("Retry-After") else { return nil }
    self.init(text)
  }

  /// The time to wait; zero for a date that is past.
  /// - Parameter now: the time since 1970 by the clock of the server that named the date.
  func duration(now: Duration) -> Duration {
    switch self {
    case .seconds(let seconds): .seconds(seconds)
    case .date(let date): max(.zero, .seconds(date) - now)
    }
  }
}

extension String {
  fileprivate var trimmedOfSpaces: Substring {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
