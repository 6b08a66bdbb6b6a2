import Basics

/// Reads the dates of HTTP headers (RFC 9110, 5.6.7), in each of the three forms that a client must accept:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Seconds since 1970-01-01T00:00:00Z; nil for a text that is no such date.
  static func secondsSince1970(_ text: String) -> Int? {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    switch words.count {
    case 6 where words[0].hasSuffix(",") && words[5] == "GMT":
      return seconds(year: number(words[3], in: 1970...9999), month: words[2], day: words[1], time: words[4])
    case 4 where words[0].hasSuffix(",") && words[3] == "GMT":
      let date = words[1].split(separator: "-")
      guard date.count == 3 else { return nil }
      // Two digits: this form ended with its century, but what was written in it did not.
      let year = number(date[2], in: 0...99).map { $0 < 70 ? 2000 + $0 : 1900 + $0 }
      return seconds(year: year, month: date[1], day: date[0], time: words[2])
    case 5:
      return seconds(year: number(words[4], in: 1970...9999), month: words[1], day: words[2], time: words[3])
    default: return nil
    }
  }

  private static func seconds(year: Int?, month: Substring, day: Substring, time: Substring) -> Int? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false)
    guard let year, let month = months.firstIndex(of: String(month)), let day = number(day, in: 1...31),
      let date = CivilDate(year: year, month: month + 1, day: day), clock.count == 3,
      let hour = number(clock[0], in: 0...23), let minute = number(clock[1], in: 0...59),
      // A leap second has the number 60.
      let second = number(clock[2], in: 0...60)
    else { return nil }
    return date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: Substring, in range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return Int(text).flatMap { range.contains($0) ? $0 : nil }
  }
}

extension TransportResponse {
  /// The time since 1970 when the server answered, by its own clock; nil when it does not tell the time. What the server
  /// says about a moment is measured against this, since the clock of this machine may be wrong.
  var serverTime: Duration? { header("Date").flatMap(HTTPDate.secondsSince1970).map { .seconds($0) } }
}
