/// A point in time in whole milliseconds since 1970, UTC.
///
/// Every value lies in the years 0000 to 9999, so that each has an ISO 8601 text of the same length.
struct Timestamp: Sendable, Hashable {
  static let earliest = Timestamp(milliseconds: -62_167_219_200_000)
  static let latest = Timestamp(milliseconds: 253_402_300_799_999)

  let milliseconds: Int64

  /// Takes the nearest representable time.
  init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
  }

  /// Whole seconds since 1970, rounded down.
  var seconds: Int64 { (milliseconds - milliseconds.modulo(1000)) / 1000 }

  /// The time this many milliseconds later, or earlier when negative; stops at the ends of the range.
  func advanced(byMilliseconds offset: Int64) -> Timestamp {
    let (sum, overflows) = milliseconds.addingReportingOverflow(offset)
    return overflows ? (offset < 0 ? .earliest : .latest) : Timestamp(milliseconds: sum)
  }
}

extension Timestamp: Comparable {
  static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

/// ISO 8601 with milliseconds, such as `2026-01-31T08:05:09.120Z`.
extension Timestamp: CustomStringConvertible {
  var description: String {
    let millisecondOfDay = milliseconds.modulo(86_400_000)
    let (year, month, day) = Self.civil(fromDays: (milliseconds - millisecondOfDay) / 86_400_000)
    let secondOfDay = millisecondOfDay / 1000
    var text: [UInt8] = []
    text.reserveCapacity(24)
    func append(_ value: Int64, digits: Int, then separator: UInt8) {
      var divisor: Int64 = 1
      for _ in 1..<digits { divisor *= 10 }
      while divisor > 0 {
        text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
      text.append(separator)
    }
    append(year, digits: 4, then: UInt8(ascii: "-"))
    append(month, digits: 2, then: UInt8(ascii: "-"))
    append(day, digits: 2, then: UInt8(ascii: "T"))
    append(secondOfDay / 3600, digits: 2, then: UInt8(ascii: ":"))
    append(secondOfDay / 60 % 60, digits: 2, then: UInt8(ascii: ":"))
    append(secondOfDay % 60, digits: 2, then: UInt8(ascii: "."))
    append(millisecondOfDay % 1000, digits: 3, then: UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// As HTTP writes a time (RFC 9110, 5.6.7), in whole seconds: `Sun, 06 Nov 1994 08:49:37 GMT`.
  var httpDate: String {
    let text = description
    func digits(_ range: Range<Int>) -> String { String(text.dropFirst(range.lowerBound).prefix(range.count)) }
    let days = (seconds - seconds.modulo(86_400)) / 86_400
    // The first of January 1970 was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days.modulo(7))]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = months[Int(Self.civil(fromDays: days).month) - 1]
    return "\(weekday), \(digits(8..<10)) \(month) \(digits(0..<4)) \(digits(11..<19)) GMT"
  }

  /// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
  ///
  /// The calendar year is taken to begin in March, so that the leap day is its last; a cycle has 146,097 days.
  private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let dayOfCycle = shifted.modulo(146_097)
    let cycle = (shifted - dayOfCycle) / 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int64 {
  /// The remainder that is never negative; the divisor must be positive.
  fileprivate func modulo(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
