/// What a timestamp header has in place of whole Unix seconds.
enum TimestampForm: Equatable {
  case seconds
  case milliseconds(seconds: Int)
  /// - isZoned: whether it says how far it is from UTC; the seconds are those of UTC otherwise.
  case date(seconds: Int?, isZoned: Bool)
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
    } else if let date = WrittenDate(namedMonth: bytes) ?? WrittenDate(iso8601: bytes) {
      self = .date(seconds: date.seconds, isZoned: date.isZoned)
    } else if bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") {
      self = .date(seconds: nil, isZoned: false)
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
    case .date(let seconds, _), .fraction(let seconds), .sign(let seconds): seconds.map { ($0, .malformedTimestamp) }
    }
  }

  /// The seconds by which the delivery can be told to be old; nil of a date whose zone is not said.
  var secondsOfFreshness: Int? { if case .date(_, isZoned: false) = self { nil } else { seconds?.seconds } }

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
}
