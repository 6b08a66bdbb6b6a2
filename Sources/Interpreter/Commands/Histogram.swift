import Basics
import OrderedJSON

/// Values that are counted in bins of the same width. All of them are numbers, or all are times.
struct Histogram {
  static let mostBins = 10_000

  struct Width {
    /// As it is written.
    let text: String
    /// What it is for numbers, where it is not written as a duration.
    let number: JSONNumber?
    /// What it is for times.
    let duration: Duration?
  }

  private enum Values {
    case none
    case numbers([DecimalUnits])
    /// In milliseconds.
    case times([Int128])
  }

  private var values = Values.none

  /// Takes one value; null is passed over.
  mutating func add(_ value: JSONValue, of item: JSONValue, _ place: Int) throws(Failure) {
    switch (value, values) {
    case (.null, _): break
    case (.number(let number), .none), (.number(let number), .numbers):
      guard let decimal = DecimalUnits(number) else {
        throw Failure(.overflow, "\(number.text.prefix(60)) has too many digits for bins, in item \(place)")
      }
      if case .numbers(var numbers) = values {
        values = .none
        numbers.append(decimal)
        values = .numbers(numbers)
      } else {
        values = .numbers([decimal])
      }
    case (.string(let text, _), .none), (.string(let text, _), .times):
      guard Instant(text) != nil, let time = InternetTime.milliseconds(text) else {
        throw wrongKind(value, item, place, help: JSONNumber(text) == nil ? nil : "as a number: parse number")
      }
      if case .times(var times) = values {
        values = .none
        times.append(Int128(time))
        values = .times(times)
      } else {
        values = .times([Int128(time)])
      }
    default: throw wrongKind(value, item, place)
    }
  }

  private func wrongKind(_ value: JSONValue, _ item: JSONValue, _ place: Int, help: String? = nil) -> Failure {
    let wanted =
      switch values {
      case .none: "numbers or times"
      case .numbers: "numbers, as the first was one"
      case .times: "times, as the first was one"
      }
    return Failure(
      .typeMismatch, "'histogram' takes \(wanted), got \(value.kindWithArticle)\(value.shown(of: item, place))",
      help: help)
  }

  /// The bins as records. None of no values.
  func rows(_ width: Width?, bins: Int) throws(Failure) -> [JSONValue] {
    switch values {
    case .none: return []
    case .times(let times):
      func time(_ units: Int128) -> JSONValue { .string(InternetTime.text(Int(clamping: units))) }
      guard let width else { return try rows(times, bins: bins) { edge, parts in time(Self.floor(edge, parts)) } }
      guard let duration = width.duration, duration > .zero else {
        throw Failure(
          .badArgument, "--every: \(width.text) is no duration, and the values are times",
          help: "a duration such as 10m")
      }
      let length = Int128(duration.inMilliseconds)
      let week: Int128 = 7 * 86_400_000
      // 1970 began on a Thursday.
      return try rows(times, every: length, from: length % week == 0 ? 4 * 86_400_000 : 0, value: time)
    case .numbers(let numbers):
      let given = width?.number.flatMap { DecimalUnits($0) }
      if let width, given == nil {
        throw Failure(
          .badArgument, "--every: \(width.text) is a duration, and the values are numbers",
          help: "a number such as 100")
      }
      let scale = max(0, given?.scale ?? 0, numbers.reduce(0) { max($0, $1.scale) })
      var units: [Int128] = []
      for number in numbers { units.append(try scaled(number, to: scale)) }
      func number(_ units: Int128) throws(Failure) -> JSONValue {
        guard let number = DecimalUnits(units: units, scale: scale).number else { throw Self.tooManyDigits }
        return .number(number)
      }
      guard let given else {
        return try rows(units, bins: bins) { edge, parts throws(Failure) in
          guard edge % parts != 0 else { return try number(edge / parts) }
          guard let dividend = DecimalUnits(units: edge, scale: scale).number else { throw Self.tooManyDigits }
          do throws(Number.ArithmeticError) {
            return .number(try Number.compute(.divide, dividend, JSONNumber(Int(clamping: parts))))
          } catch {
            throw Self.tooManyDigits
          }
        }
      }
      return try rows(units, every: try scaled(given, to: scale), from: 0, value: number)
    }
  }

  private func scaled(_ number: DecimalUnits, to scale: Int) throws(Failure) -> Int128 {
    guard let units = number.scaled(to: scale) else { throw Self.tooManyDigits }
    return units
  }

  // MARK: In units

  private func rows(
    _ values: [Int128], every width: Int128, from origin: Int128, value: (Int128) throws(Failure) -> JSONValue
  ) throws(Failure) -> [JSONValue] {
    guard let least = values.min(), let most = values.max() else { return [] }
    let (first, last) = (try bin(least, width, origin), try bin(most, width, origin))
    let (distance, overflows) = last.subtractingReportingOverflow(first)
    guard !overflows, distance < Int128(Self.mostBins) else {
      let count = overflows ? "" : "\(distance + 1) bins, "
      throw Failure(
        .tooLarge, "that would make \(count)more than \(Self.mostBins)", help: "--every takes a larger width")
    }
    var counts = [Int](repeating: 0, count: Int(distance) + 1)
    for each in values { counts[Int(try bin(each, width, origin) - first)] += 1 }
    var rows: [JSONValue] = []
    for (index, count) in counts.enumerated() {
      let (start, isTooLarge) = (first + Int128(index)).multipliedReportingOverflow(by: width)
      let (end, isTooFar) = start.addingReportingOverflow(width + origin)
      guard !isTooLarge, !isTooFar else { throw Self.tooManyDigits }
      rows.append(row(try value(start + origin), try value(end), count))
    }
    return rows
  }

  private func bin(_ value: Int128, _ width: Int128, _ origin: Int128) throws(Failure) -> Int128 {
    let (shifted, overflows) = value.subtractingReportingOverflow(origin)
    guard !overflows else { throw Self.tooManyDigits }
    return Self.floor(shifted, width)
  }

  /// - Parameter value: an edge, as so many parts of a unit.
  private func rows(
    _ values: [Int128], bins: Int, value: (_ edge: Int128, _ parts: Int128) throws(Failure) -> JSONValue
  ) throws(Failure) -> [JSONValue] {
    guard let least = values.min(), let most = values.max() else { return [] }
    guard least < most else { return [row(try value(least, 1), try value(most, 1), values.count)] }
    let parts = Int128(bins)
    let (length, isTooLong) = most.subtractingReportingOverflow(least)
    let fits = !isTooLong && !length.multipliedReportingOverflow(by: parts).overflow
    guard fits, !least.multipliedReportingOverflow(by: parts).overflow,
      !most.multipliedReportingOverflow(by: parts).overflow
    else { throw Self.tooManyDigits }
    var counts = [Int](repeating: 0, count: bins)
    for each in values { counts[min(bins - 1, Int((each - least) * parts / length))] += 1 }
    var rows: [JSONValue] = []
    for (index, count) in counts.enumerated() {
      let start = least * parts + Int128(index) * length
      rows.append(row(try value(start, parts), try value(start + length, parts), count))
    }
    return rows
  }

  private func row(_ from: JSONValue, _ to: JSONValue, _ count: Int) -> JSONValue {
    ["from": from, "to": to, "count": .number(JSONNumber(count))]
  }

  private static func floor(_ value: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static var tooManyDigits: Failure {
    Failure(.overflow, "the numbers have too many digits for bins", help: "round makes them shorter")
  }
}
