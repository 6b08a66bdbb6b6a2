import Basics
import OrderedJSON

/// A moment with all the digits that it was written with, and the clocks by which it was told.
struct ZonedTime {
  /// Since 1970, rounded down.
  private(set) var seconds: Int
  /// The digits behind the second's point, 0 to 9.
  private(set) var fraction: [UInt8]
  /// How many minutes the clocks are ahead of UTC.
  var offset: Int
  /// Whether it was a number, and is to be one again.
  let isNumber: Bool

  /// Reads what `InternetTime` reads.
  init?(_ text: String) {
    guard let milliseconds = InternetTime.milliseconds(text) else { return nil }
    seconds = (milliseconds - milliseconds.modulo(1000)) / 1000
    let bytes = Array(text.utf8)
    let behindPoint = bytes.firstIndex(of: UInt8(ascii: ".")).map { bytes[($0 + 1)...] } ?? []
    fraction = behindPoint.prefix { isDigit($0) }.map { $0 - UInt8(ascii: "0") }
    // Behind the date, whose hyphens are no signs.
    let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    let sign = bytes.dropFirst(10).firstIndex { signs.contains($0) }
    offset = sign.flatMap { InternetTime.offset(String(decoding: bytes[$0...], as: UTF8.self)) } ?? 0
    isNumber = false
  }

  /// Seconds since 1970; nil outside of the years 0 to 9999.
  init?(_ number: JSONNumber) {
    guard let decimal = PlainDecimal(number), var seconds = decimal.wholeInt, seconds < 1 << 40 else { return nil }
    fraction = decimal.fraction
    if decimal.isNegative {
      seconds = -seconds
      if fraction.contains(where: { $0 > 0 }) {
        seconds -= 1
        fraction = fraction.map { 9 - $0 }
        // It cannot be all nines, since some digit was no zero.
        DecimalDigits.increment(&fraction)
      }
    }
    self.seconds = seconds
    offset = 0
    isNumber = true
    guard isInRange else { return nil }
  }

  /// Whether the clocks show a year that four digits can write.
  var isInRange: Bool { Self.range.contains(shown) && Self.range.contains(seconds) }

  private static let range = InternetTime.range.lowerBound / 1000...InternetTime.range.upperBound / 1000

  /// What the clocks show, as if it were UTC.
  private var shown: Int { seconds + offset * 60 }

  /// Moves by milliseconds, exactly.
  mutating func move(by milliseconds: Int) {
    let rest = milliseconds.modulo(1000)
    seconds += (milliseconds - rest) / 1000
    guard rest > 0 else { return }
    fill()
    let sum = fraction.prefix(3).reduce(0) { $0 * 10 + Int($1) } + rest
    seconds += sum / 1000
    fraction.replaceSubrange(0..<3, with: [UInt8(sum / 100 % 10), UInt8(sum / 10 % 10), UInt8(sum % 10)])
  }

  /// Moves back to the start of the interval that it lies in; intervals are counted from a midnight of the clocks, those of whole
  /// weeks from a Monday.
  mutating func moveToStart(ofInterval width: Int) {
    let origin = width % 604_800_000 == 0 ? 4 * 86_400_000 : 0
    let milliseconds = fraction.prefix(3).reduce((0, 100)) { ($0.0 + Int($1) * $0.1, $0.1 / 10) }.0
    let rest = (shown * 1000 + milliseconds - origin).modulo(width)
    if rest % 1000 != milliseconds { fill() }
    let digits = fraction.count
    fraction = Array(fraction.prefix(3))
    move(by: -rest)
    fraction = Array((fraction + Array(repeating: 0, count: digits)).prefix(digits))
  }

  /// At least milliseconds.
  private mutating func fill() {
    if fraction.count < 3 { fraction += Array(repeating: 0, count: 3 - fraction.count) }
  }

  /// As it came: a number, or RFC 3339 by the same clocks.
  var value: JSONValue { isNumber ? .number(number) : .string(text) }

  private var number: JSONNumber {
    var (seconds, digits) = (seconds, fraction)
    while digits.last == 0 { digits.removeLast() }
    if seconds < 0, !digits.isEmpty {
      seconds += 1
      digits = digits.map { 9 - $0 }
      DecimalDigits.increment(&digits)
    }
    let sign = self.seconds < 0 ? "-" : ""
    let text = "\(sign)\(seconds.magnitude)" + (digits.isEmpty ? "" : "." + DecimalDigits.text(digits))
    return JSONNumber(text) ?? JSONNumber(self.seconds)
  }

  /// RFC 3339.
  var text: String {
    let digits = isNumber && fraction.count < 3 ? fraction + Array(repeating: 0, count: 3 - fraction.count) : fraction
    let second = digits.isEmpty ? "" : "." + DecimalDigits.text(digits)
    return "\(date)T\(clock)\(second)" + (offset == 0 ? "Z" : offsetText(":"))
  }
}

extension ZonedTime {
  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// 0 is Monday.
  static func weekday(ofDay day: Int) -> Int { (day + 3).modulo(7) }

  private var day: Int { (shown - shown.modulo(86_400)) / 86_400 }
  private var civilDate: CivilDate { CivilDate(daysSince1970: day) }
  private var hour: Int { shown.modulo(86_400) / 3600 }

  private var date: String {
    let date = civilDate
    return "\(Self.padded(date.year, 4))-\(Self.padded(date.month))-\(Self.padded(date.day))"
  }

  private var clock: String {
    let time = shown.modulo(86_400)
    return "\(Self.padded(hour)):\(Self.padded(time / 60 % 60)):\(Self.padded(time % 60))"
  }

  private func offsetText(_ separator: String) -> String {
    let minutes = Int(offset.magnitude)
    return "\(offset < 0 ? "-" : "+")\(Self.padded(minutes / 60))\(separator)\(Self.padded(minutes % 60))"
  }

  /// What a letter behind a % stands for in a pattern; nil for one that stands for nothing.
  func field(_ letter: Character) -> String? {
    let time = shown.modulo(86_400)
    switch letter {
    case "Y": return Self.padded(civilDate.year, 4)
    case "y": return Self.padded(civilDate.year % 100)
    case "m": return Self.padded(civilDate.month)
    case "d": return Self.padded(civilDate.day)
    case "H": return Self.padded(hour)
    case "I": return Self.padded((hour + 11) % 12 + 1)
    case "M": return Self.padded(time / 60 % 60)
    case "S": return Self.padded(time % 60)
    case "L": return DecimalDigits.text((fraction + [0, 0, 0]).prefix(3))
    case "p": return hour < 12 ? "AM" : "PM"
    case "a": return String(Self.weekdays[Self.weekday(ofDay: day)].prefix(3))
    case "A": return Self.weekdays[Self.weekday(ofDay: day)]
    case "b": return String(Self.months[civilDate.month - 1].prefix(3))
    case "B": return Self.months[civilDate.month - 1]
    case "j":
      let newYear = CivilDate(year: civilDate.year, month: 1, day: 1)?.daysSince1970 ?? day
      return Self.padded(day - newYear + 1, 3)
    case "u": return String(Self.weekday(ofDay: day) + 1)
    case "F": return date
    case "T": return clock
    case "z": return offsetText("")
    case "s": return String(seconds)
    case "%": return "%"
    default: return nil
    }
  }

  /// The letters that `field` knows, with what they are.
  static let fieldSummary =
    "%Y %m %d %H %M %S, %L milliseconds, %y year of two digits, %I %p hour of twelve and AM or PM, %a %A %b %B names in "
    + "English, %j day of the year, %u weekday from 1 (Monday), %F date, %T time, %z offset, %s seconds since 1970, %%"

  private static func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
