/// Moments as ISO 8601 writes them for the Internet (RFC 3339), counted in milliseconds since 1970.
package enum InternetTime {
  /// 0000-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
  package static let range = -62_167_219_200_000...253_402_300_799_999

  /// Reads `2026-01-31T12:00:00Z`, also without seconds, with a fraction of a second (what is finer than a millisecond
  /// is left out), with an offset such as `+02:00`, and with a space for the `T`; or a date alone, whose midnight in UTC
  /// it is. A time without `Z` or an offset is nil, and so is a date that no calendar has. A leap second is the second
  /// behind it.
  package static func milliseconds(_ text: String) -> Int? {
    var rest = Array(text.utf8.prefix(64))[...]
    guard text.utf8.count < 64, let year = number(4, &rest), skip("-", &rest), let month = number(2, &rest),
      skip("-", &rest), let day = number(2, &rest), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let midnight = date.daysSince1970 * 86_400_000
    if rest.isEmpty { return midnight }
    guard skip("T", &rest) || skip("t", &rest) || skip(" ", &rest), let hour = number(2, &rest), hour < 24,
      skip(":", &rest), let minute = number(2, &rest), minute < 60
    else { return nil }
    var (second, fraction) = (0, 0)
    if skip(":", &rest) {
      guard let written = number(2, &rest), written <= 60 else { return nil }
      second = written
      if skip(".", &rest) {
        let digits = rest.prefix { isDigit($0) }
        guard !digits.isEmpty else { return nil }
        fraction = (digits.prefix(3) + [48, 48]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 48) }
        rest = rest.dropFirst(digits.count)
      }
    }
    guard let offset = offset(&rest), rest.isEmpty else { return nil }
    let time = midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000
    // There are leap seconds at the end of a day only.
    guard second < 60 || time % 86_400_000 == 0 else { return nil }
    return time + fraction
  }

  /// `2026-01-31T12:00:00.000Z`: texts of this form sort as their times do.
  /// - Parameter milliseconds: what lies outside `range` is written as the end of it.
  package static func text(_ milliseconds: Int) -> String {
    let milliseconds = min(max(milliseconds, range.lowerBound), range.upperBound)
    let time = milliseconds.modulo(86_400_000)
    let date = CivilDate(daysSince1970: (milliseconds - time) / 86_400_000)
    let clock = "\(padded(time / 3_600_000)):\(padded(time / 60_000 % 60)):\(padded(time / 1000 % 60))"
    return "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))T\(clock).\(padded(time % 1000, 3))Z"
  }

  /// How many minutes clocks that show `+02:00` are ahead of UTC; nil for what is no offset.
  package static func offset(_ text: String) -> Int? {
    var rest = Array(text.utf8.prefix(8))[...]
    guard text.utf8.count < 8, let minutes = offset(&rest), rest.isEmpty else { return nil }
    return minutes
  }

  /// `Z`, or minutes east of Greenwich as `+02:00`, `+0200` or `+02`.
  private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
    if skip("Z", &rest) || skip("z", &rest) { return 0 }
    let isWest = skip("-", &rest)
    guard isWest || skip("+", &rest), let hours = number(2, &rest), hours < 24 else { return nil }
    var minutes = 0
    if skip(":", &rest) || !rest.isEmpty {
      guard let written = number(2, &rest), written < 60 else { return nil }
      minutes = written
    }
    return (hours * 60 + minutes) * (isWest ? -1 : 1)
  }

  private static func number(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ isDigit($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func skip(_ sign: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, UInt32(first) == sign.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
