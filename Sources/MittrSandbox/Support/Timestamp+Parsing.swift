import Basics

extension Timestamp {
  /// Reads `2026-01-31`, `2026-01-31T08:05Z`, `2026-01-31T08:05:09.12Z` or the like with an offset such as `+02:00`.
  ///
  /// A time of day without an offset is refused, since it would mean something else on every machine; a date alone is
  /// its midnight in UTC. Digits beyond milliseconds are cut off. A leap second is refused.
  init?(iso8601 text: String) {
    var scanner = DigitScanner(bytes: Array(text.utf8)[...])
    guard let year = scanner.number(digits: 4), scanner.skip("-"),
      let month = scanner.number(digits: 2), scanner.skip("-"), let day = scanner.number(digits: 2),
      let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    var milliseconds = Int64(date.daysSince1970) * 86_400_000
    if !scanner.isAtEnd {
      guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "), let time = scanner.timeOfDay(),
        let offset = scanner.offset(), scanner.isAtEnd
      else { return nil }
      milliseconds += time - offset
    }
    guard milliseconds >= Self.earliest.milliseconds, milliseconds <= Self.latest.milliseconds else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

/// Reads fixed-width decimal fields from the front of a text.
private struct DigitScanner {
  var bytes: ArraySlice<UInt8>

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = bytes.first, UInt32(first) == character.value else { return false }
    bytes.removeFirst()
    return true
  }

  mutating func number(digits: Int) -> Int64? {
    guard bytes.count >= digits else { return nil }
    var value: Int64 = 0
    for byte in bytes.prefix(digits) {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    bytes.removeFirst(digits)
    return value
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`, in milliseconds.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), hour < 24, minute < 60 else {
      return nil
    }
    var milliseconds = (hour * 60 + minute) * 60_000
    guard skip(":") else { return milliseconds }
    guard let second = number(digits: 2), second < 60 else { return nil }
    milliseconds += second * 1000
    guard skip(".") else { return milliseconds }
    var (weight, hasDigits): (Int64, Bool) = (100, false)
    while let digit = number(digits: 1) {
      milliseconds += digit * weight
      weight /= 10
      hasDigits = true
    }
    return hasDigits ? milliseconds : nil
  }

  /// `Z` or `±HH:MM`, in milliseconds east of UTC.
  mutating func offset() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64 = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), hour < 24, minute < 60
    else { return nil }
    return sign * (hour * 60 + minute) * 60_000
  }
}
