import OrderedJSON

/// Numbers in the order of their exact values.
struct SortedNumbers {
  private let numbers: [JSONNumber]

  init(_ numbers: [JSONNumber]) throws(Interruption) {
    do {
      var comparisons = 0
      self.numbers = try numbers.map { (number: $0, integer: $0.int) }.sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFF == 0 { try Task.checkCancellation() }
        if let left = left.integer, let right = right.integer { return left < right }
        return Number.compare(left.number, right.number) < 0
      }.map { $0.number }
    } catch {
      throw .cancelled
    }
  }

  var count: Int { numbers.count }
  var first: JSONNumber? { numbers.first }
  var last: JSONNumber? { numbers.last }

  /// The smallest number that so many percent of all are not above; nil of none.
  func percentile(_ percent: Percent) -> JSONNumber? {
    numbers.isEmpty ? nil : numbers[percent.rank(of: numbers.count) - 1]
  }

  /// The one in the middle, or the two in the middle where their number is even.
  var middle: (JSONNumber, JSONNumber)? {
    guard !numbers.isEmpty else { return nil }
    return (numbers[(numbers.count - 1) / 2], numbers[numbers.count / 2])
  }
}

/// A share of all, from 0 to 100, in units of 10^-digits.
struct Percent {
  /// As it is written.
  let text: String
  private let units: Int128
  private let hundred: Int128

  static let (p50, p95, p99) = (Percent(50), Percent(95), Percent(99))

  private init(_ percent: Int) {
    text = String(percent)
    units = Int128(percent)
    hundred = 100
  }

  /// Nil when it is not from 0 to 100, or has more than ten digits behind the point.
  init?(_ number: JSONNumber) {
    guard let decimal = DecimalUnits(number), let units = decimal.scaled(to: max(0, decimal.scale)),
      decimal.scale <= 10, let hundred = DecimalUnits(units: 100, scale: 0).scaled(to: max(0, decimal.scale)),
      (0...hundred).contains(units)
    else { return nil }
    text = number.text
    self.units = units
    self.hundred = hundred
  }

  /// The nearest rank, from 1: the smallest number of items that are so large a part of all.
  func rank(of count: Int) -> Int { max(1, Int((units * Int128(count) + hundred - 1) / hundred)) }
}

extension ParameterKind where Wrapped == Percent {
  static var percent: ParameterKind {
    ParameterKind(.value) { value throws(ConversionError) in
      let number = value.numberValue ?? value.stringValue.flatMap { JSONNumber($0) }
      guard let percent = number.flatMap({ Percent($0) }) else { throw .expected("a number from 0 to 100", got: value) }
      return percent
    }
  }
}
