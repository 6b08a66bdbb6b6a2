import Basics

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
    let date = CivilDate(daysSince1970: Int((milliseconds - millisecondOfDay) / 86_400_000))
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
    append(Int64(date.year), digits: 4, then: UInt8(ascii: "-"))
    append(Int64(date.month), digits: 2, then: UInt8(ascii: "-"))
    append(Int64(date.day), digits: 2, then: UInt8(ascii: "T"))
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
    let month = months[CivilDate(daysSince1970: Int(days)).month - 1]
    return "\(weekday), \(digits(8..<10)) \(month) \(digits(0..<4)) \(digits(11..<19)) GMT"
  }
}
