/// A date of the Gregorian calendar, as if it had always been in use.
package struct CivilDate: Sendable, Hashable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// Nil for a date that the calendar does not have.
  package init?(year: Int, month: Int, day: Int) {
    guard 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The date so many days after 1970-01-01, or before it.
  package init(daysSince1970 days: Int) {
    let shifted = days + Self.daysBefore1970
    let dayOfCycle = shifted.modulo(Self.daysInCycle)
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    year = (shifted - dayOfCycle) / Self.daysInCycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
  }

  package var daysSince1970: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let yearOfCycle = marchYear.modulo(400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return (marchYear - yearOfCycle) / 400 * Self.daysInCycle + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100
      + dayOfYear - Self.daysBefore1970
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Years are taken to begin in March, so that a leap day is the last of its year; 400 of them are a cycle.
  private static let daysInCycle = 146_097
  /// From March 1 of the year 0.
  private static let daysBefore1970 = 719_468
}

extension BinaryInteger {
  /// The remainder that is never negative; the divisor must be positive.
  package func modulo(_ divisor: Self) -> Self {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
