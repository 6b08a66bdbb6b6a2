import Basics
import OrderedJSON

/// A moment as a person writes it: `2h` (that long ago), `today`, `yesterday`, `09:30`, a weekday, or an ISO 8601 date and time.
public enum TimeReference: Sendable, Hashable {
  case ago(Duration)
  /// Seconds since 1970.
  case at(Double)
  /// The beginning of the day so many days ago, where the person is.
  case day(ago: Int)
  /// The last time the clocks there showed so many seconds behind midnight.
  case timeOfDay(Int)
  /// The beginning of the last such day, today included; 0 is Monday.
  case weekday(Int)

  public init?(_ text: String) {
    if text.utf8.last.map({ !isDigit($0) }) == true, let duration = Duration(durationText: text) {
      self = .ago(duration)
    } else if let seconds = Self.seconds(iso8601: text) {
      self = .at(seconds)
    } else if let word = Self.word(text.lowercased()) {
      self = word
    } else if let seconds = Self.secondsOfDay(text) {
      self = .timeOfDay(seconds)
    } else {
      return nil
    }
  }

  private static func word(_ text: String) -> TimeReference? {
    switch text {
    case "today": .day(ago: 0)
    case "yesterday": .day(ago: 1)
    default:
      ZonedTime.weekdays.firstIndex { $0.lowercased() == text || $0.prefix(3).lowercased() == text }
        .map { .weekday($0) }
    }
  }

  /// `9:30`, `09:30` or `09:30:15`.
  private static func secondsOfDay(_ text: String) -> Int? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, parts[0].count <= 2, parts.dropFirst().allSatisfy({ $0.count == 2 }),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { isDigit($0) } })
    else { return nil }
    let numbers = parts.compactMap { Int(String(Substring($0))) }
    guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
  }

  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - zone: where the person is.
  /// - Returns: seconds since 1970.
  public func seconds(now: Double, zone: LocalZone = .system) -> Double {
    switch self {
    case .ago(let duration): return now - duration.inSeconds
    case .at(let seconds): return seconds
    case .day(let days): return Double(zone.moment(showing: (Self.today(now, zone) - days) * 86_400))
    case .timeOfDay(let seconds):
      let day = Self.today(now, zone)
      let moment = zone.moment(showing: day * 86_400 + seconds)
      return Double(Double(moment) <= now ? moment : zone.moment(showing: (day - 1) * 86_400 + seconds))
    case .weekday(let weekday):
      let day = Self.today(now, zone)
      return Double(zone.moment(showing: (day - (ZonedTime.weekday(ofDay: day) - weekday).modulo(7)) * 86_400))
    }
  }

  /// The day that it is, counted from 1970-01-01.
  private static func today(_ now: Double, _ zone: LocalZone) -> Int {
    let seconds = milliseconds(now) / 1000
    let shown = seconds + zone.offset(seconds)
    return (shown - shown.modulo(86_400)) / 86_400
  }

  /// Reads `2026-01-31`, `2026-01-31T12:00:00Z`, fractions of a second (to the millisecond) and offsets; nil when the
  /// text is something else, or a time without `Z` or an offset.
  public static func seconds(iso8601 text: String) -> Double? {
    InternetTime.milliseconds(text).map { Double($0) / 1000 }
  }

  /// `2026-01-31T12:00:00.000Z`, rounded to the nearest millisecond. Years before 0 or after 9999 are written as the
  /// nearest moment that can be.
  public static func iso8601(_ seconds: Double) -> String { InternetTime.text(milliseconds(seconds)) }

  /// Seconds as whole milliseconds, within what can be written.
  static func milliseconds(_ seconds: Double) -> Int {
    let milliseconds = (seconds * 1000).rounded()
    guard milliseconds > Double(InternetTime.range.lowerBound) else { return InternetTime.range.lowerBound }
    return milliseconds < Double(InternetTime.range.upperBound) ? Int(milliseconds) : InternetTime.range.upperBound
  }
}

extension Duration {
  /// Reads a number with a unit, `ms`, `s`, `m`, `h`, `d` or `w`, or a sum such as `1h30m`, the larger unit first; a
  /// number alone means seconds. What is finer than a millisecond is rounded.
  ///
  /// At most 10,000,000,000 seconds, which is some 317 years.
  public init?(durationText text: String) {
    var rest = text.utf8[...]
    var total = 0.0
    var smallest = Double.infinity
    guard !rest.isEmpty, text.utf8.count < 100 else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      rest = rest[digits.endIndex...]
      let unit = rest.prefix { isLetter($0) }
      rest = rest[unit.endIndex...]
      guard let first = digits.first, let last = digits.last, isDigit(first), isDigit(last),
        let number = Double(String(Substring(digits))), let scale = Self.units[String(Substring(unit))],
        scale < smallest, !unit.isEmpty || smallest == .infinity
      else { return nil }
      total += number * scale
      smallest = scale
    }
    guard total <= 1e10 else { return nil }
    self = .milliseconds(Int64((total * 1000).rounded()))
  }

  private static let units = ["": 1.0, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]

  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }

  /// Whole milliseconds.
  var inMilliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}

extension JSONNumber {
  /// Milliseconds, written in seconds and exactly: `1500` is `1.5`.
  init(milliseconds: Int) {
    let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    var text = "\(milliseconds < 0 ? "-" : "")\(seconds)"
    if rest > 0 {
      text += "." + String(String(1000 + rest).dropFirst())
      while text.hasSuffix("0") { text.removeLast() }
    }
    self = JSONNumber(text) ?? JSONNumber(milliseconds / 1000)
  }
}
