import Basics

/// A moment that is written as a date and a time of day.
struct WrittenDate {
  /// Unix seconds, of UTC where no zone is said.
  let seconds: Int
  /// Whether it says how far it is from UTC.
  let isZoned: Bool

  private init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: ArraySlice<UInt8>) {
    guard let date = CivilDate(year: year, month: month, day: day), 0..<24 ~= hour, 0..<60 ~= minute, 0...60 ~= second
    else { return nil }
    let offset = Self.offset(zone)
    seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - (offset ?? 0)
    isZoned = offset != nil
    guard seconds >= 0 else { return nil }
  }

  /// `2024-01-24T19:10:56Z` (RFC 3339), with a space for the T, a fraction, an offset or no zone.
  init?(iso8601 bytes: [UInt8]) {
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return SignatureTimestamp(String(decoding: bytes[range], as: UTF8.self))?.seconds
    }
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(0..<4),
      let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19)
    else { return nil }
    let zone = bytes[19...].drop { ".,".utf8.contains($0) || isDigit($0) }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second, zone: zone)
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// A date with the name of its month: `Wed, 24 Jan 2024 19:10:56 GMT` (RFC 9110), `Wed Jan 24 2024 19:10:56 GMT+0000`.
  init?(namedMonth bytes: [UInt8]) {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let start = bytes[..<colon].lastIndex { !isDigit($0) }.map { $0 + 1 } ?? 0
    let time = bytes[start...].prefix { isDigit($0) || ":.".utf8.contains($0) }
    let words = (bytes[..<start] + [0x20] + bytes[time.endIndex...]).split { " ,-/".utf8.contains($0) }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
    let parts = time.split(separator: UInt8(ascii: ":")).compactMap {
      Int(String(decoding: $0.prefix { isDigit($0) }, as: UTF8.self))
    }
    guard let month = words.lazy.compactMap({ Self.months.firstIndex(of: String($0.prefix(3))) }).first,
      let day = words.lazy.compactMap({ $0.utf8.count < 3 ? Int($0) : nil }).first,
      let year = words.lazy.compactMap({ $0.utf8.count == 4 ? Int($0) : nil }).first(where: { $0 >= 1970 }),
      2...3 ~= parts.count
    else { return nil }
    let isAfternoon = words.contains("pm") && parts[0] < 12
    let isMidnight = words.contains("am") && parts[0] == 12
    self.init(
      year: year, month: month + 1, day: day, hour: isMidnight ? 0 : parts[0] + (isAfternoon ? 12 : 0),
      minute: parts[1], second: parts.count > 2 ? parts[2] : 0, zone: bytes[time.endIndex...])
  }

  /// How far a zone is from UTC in seconds: of `Z`, `GMT`, `+01:00`, `-0500`, `+01` or `GMT+0100`; nil where none is said.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    let rest = text.drop { $0 == 0x20 }
    let name = rest.prefix { isLetter($0) }
    guard ["", "z", "gmt", "utc"].contains(String(decoding: name, as: UTF8.self).lowercased()) else { return nil }
    let signed = rest[name.endIndex...]
    guard let sign = signed.first, "+-".utf8.contains(sign) else { return name.isEmpty ? nil : 0 }
    let digits = signed.dropFirst().prefix { isDigit($0) || $0 == UInt8(ascii: ":") }.filter { isDigit($0) }
    guard digits.count == 2 || digits.count == 4, let number = Int(String(decoding: digits, as: UTF8.self)) else {
      return nil
    }
    let (hours, minutes) = digits.count == 2 ? (number, 0) : (number / 100, number % 100)
    guard hours < 15, minutes < 60 else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}
