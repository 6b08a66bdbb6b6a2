import Basics

/// Moments as ISO 8601 writes them for the Internet (RFC 3339), counted in milliseconds since 1970.
enum InternetTime {
  /// 0000-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
  static let range = -62_167_219_200_000...253_402_300_799_999

  /// Reads `2026-01-31T12:00:00Z`, also without seconds, with a fraction of a second (what is finer than a millisecond
  /// is left out), with an offset such as `+02:00`, and with a space for the `T`; or a date alone, whose midnight in UTC
  /// it is. A time without `Z` or an offset is nil, and so is a date that no calendar has. A leap second is the second
  /// behind it.
  static func milliseconds(_ text: String) -> Int? {
    var rest = Array(text.utf8.prefix(64))[...]
    guard text.utf8.count < 64, let year = number(4, &rest), skip("-", &rest), let month = number(2, &rest),
      skip("-", &rest), let day = number(2, &rest), (1...12).contains(month),
      (1...daysInMonth(month, of: year)).contains(day)
    else { return nil }
    let midnight = days(year, month, day) * 86_400_000
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

  /// `2026-01-31T12:00:00.000Z`, as the API writes times, so that they sort as text.
  /// - Parameter milliseconds: what lies outside `range` is written as the end of it.
  static func text(_ milliseconds: Int) -> String {
    let milliseconds = min(max(milliseconds, range.lowerBound), range.upperBound)
    let date = floorDivide(milliseconds, 86_400_000)
    let time = milliseconds - date * 86_400_000
    let (year, month, day) = civil(date)
    let clock = "\(padded(time / 3_600_000)):\(padded(time / 60_000 % 60)):\(padded(time / 1000 % 60))"
    return "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(clock).\(padded(time % 1000, 3))Z"
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

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970 in the Gregorian calendar. The year is taken to begin in March, so that a leap day ends it.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = floorDivide(year, 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let days = days + 719_468
    let era = floorDivide(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }

  private static func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
