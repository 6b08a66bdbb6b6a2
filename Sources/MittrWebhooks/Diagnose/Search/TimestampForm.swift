/// What a timestamp header has in place of whole Unix seconds.
enum TimestampForm: Equatable {
  case seconds
  case milliseconds(seconds: Int)
  case date(seconds: Int?)
  /// A number with a fraction or an exponent.
  case fraction(seconds: Int?)
  case sign(seconds: Int?)
  case surrounded(seconds: Int)
  /// The same number more than once, as gateways join a repeated header.
  case repeated(seconds: Int)
  /// A number so large that it is no time in seconds or milliseconds.
  case far
  case other

  /// Seconds from the year 5138 on are milliseconds since 1973.
  private static let milliseconds = 100_000_000_000..<100_000_000_000_000

  init(_ text: String) {
    if let timestamp = SignatureTimestamp(text) {
      let seconds = timestamp.seconds
      self =
        seconds < Self.milliseconds.lowerBound
        ? .seconds : Self.milliseconds ~= seconds ? .milliseconds(seconds: seconds / 1000) : .far
      return
    }
    let bytes = Array(text.utf8.prefix(Self.longest))
    let trimmed = bytes.filter { !" \t\r\n\"'".utf8.contains($0) }
    if trimmed.count < bytes.count, let timestamp = SignatureTimestamp(String(decoding: trimmed, as: UTF8.self)) {
      self = .surrounded(seconds: timestamp.seconds)
    } else if let seconds = Self.repeatedSeconds(bytes) {
      self = .repeated(seconds: seconds)
    } else if let seconds = NamedMonthDate.seconds(bytes) {
      self = .date(seconds: seconds)
    } else if bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") {
      self = .date(seconds: Self.seconds(ofDate: bytes))
    } else if bytes.allSatisfy("0123456789.eE+-".utf8.contains), let number = Double(text) {
      let seconds = Int(exactly: number.rounded(.down)).flatMap { $0 >= 0 ? $0 : nil }
      self = bytes.contains(where: ".eE".utf8.contains) ? .fraction(seconds: seconds) : .sign(seconds: seconds)
    } else {
      self = .other
    }
  }

  /// A longer text is none of these.
  private static let longest = 64

  /// The seconds that are meant, when they are not what the header says, and what is wrong with the header then.
  var seconds: (seconds: Int, cause: SignatureReason)? {
    switch self {
    case .seconds, .far, .other: nil
    case .milliseconds(let seconds): (seconds, .timestampMilliseconds)
    case .surrounded(let seconds), .repeated(let seconds): (seconds, .malformedTimestamp)
    case .date(let seconds), .fraction(let seconds), .sign(let seconds): seconds.map { ($0, .malformedTimestamp) }
    }
  }

  /// What the header is, to follow "is".
  var phrase: String {
    switch self {
    case .seconds: "whole seconds"
    case .milliseconds: "in milliseconds"
    case .far: "no Unix time in seconds"
    case .date: "a calendar date"
    case .fraction: "a number with a fraction or an exponent"
    case .sign: "a number with a sign"
    case .repeated: "one number more than once"
    case .surrounded, .other: "no decimal integer"
    }
  }

  private static func repeatedSeconds(_ bytes: [UInt8]) -> Int? {
    let parts = bytes.split { ", ;\t|".utf8.contains($0) }
    guard parts.count > 1, let first = parts.first, parts.allSatisfy({ $0.elementsEqual(first) }) else { return nil }
    return SignatureTimestamp(String(decoding: first, as: UTF8.self))?.seconds
  }

  /// The seconds of `2024-01-24T19:10:56Z`, with a space for the T, a fraction or an offset; without a zone it is UTC.
  private static func seconds(ofDate bytes: [UInt8]) -> Int? {
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return SignatureTimestamp(String(decoding: bytes[range], as: UTF8.self))?.seconds
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), 1...12 ~= month,
      1...31 ~= day, let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    var zone = bytes[19...].drop { $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    zone = zone.drop { $0 == 0x20 }
    var offset = 0
    if let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      let digits = zone.dropFirst().prefix { $0 != 0x20 }.filter { $0 != UInt8(ascii: ":") }
      guard digits.count == 4, let value = SignatureTimestamp(String(decoding: digits, as: UTF8.self))?.seconds else {
        return nil
      }
      offset = (value / 100 * 3600 + value % 100 * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    let seconds = days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return seconds >= 0 ? seconds : nil
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin with March.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}

/// A date with the name of its month: `Wed, 24 Jan 2024 19:10:56 GMT` (RFC 9110), `Wed Jan 24 2024 19:10:56 GMT+0000`.
private enum NamedMonthDate {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  static func seconds(_ bytes: [UInt8]) -> Int? {
    let words = bytes.split { " ,-/".utf8.contains($0) }.map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard let month = words.lazy.compactMap({ months.firstIndex(of: String($0.prefix(3))) }).first,
      let day = words.lazy.compactMap({ $0.utf8.count < 3 ? Int($0) : nil }).first, 1...31 ~= day,
      let year = words.lazy.compactMap({ $0.utf8.count == 4 ? Int($0) : nil }).first, year >= 1970,
      let clock = words.first(where: { $0.contains(":") })
    else { return nil }
    let parts = clock.split(separator: ":").compactMap { Int($0.prefix(2)) }
    guard parts.count > 1, parts.allSatisfy({ 0..<60 ~= $0 }), parts[0] < 24 else { return nil }
    return TimestampForm.days(year: year, month: month + 1, day: day) * 86_400 + parts[0] * 3600 + parts[1] * 60
      + (parts.count > 2 ? parts[2] : 0)
  }
}
