import Basics
import OrderedJSON

/// Adds up numbers exactly, as decimals.
struct ExactSum {
  /// What was added so far, in units of 10^-scale.
  private var units: Int128 = 0
  private var scale = 0
  /// Whether all numbers were written as integers, so that the sum is one of 64 bits.
  private var isWhole = true
  /// The sum so far, once 38 digits do not hold it: what comes then is added as `+` does.
  private var rounded: JSONNumber?

  /// - Throws: when the value is no number, or the sum is out of range.
  mutating func add(_ value: JSONValue) throws(Failure) {
    guard case .number(let number) = value else {
      throw Failure(.typeMismatch, "'sum' adds numbers, got \(value.kindWithArticle)")
    }
    let isInteger = number.text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
    guard !isInteger || number.int != nil || number.text == "-0" else { throw Self.overflow(number.text) }
    isWhole = isWhole && isInteger
    if rounded == nil, let term = Decimal(number), let sum = sum(term) {
      (units, scale) = (sum.units, sum.scale)
      return
    }
    guard let before = rounded.flatMap(ExactDecimal.init) ?? JSONNumber(text).flatMap(ExactDecimal.init),
      let term = ExactDecimal(number), let sum = (before + term).number
    else { throw Failure(.overflow, "the sum is out of range") }
    rounded = sum
  }

  /// - Throws: when all numbers are whole and the sum does not fit 64 bits.
  func total() throws(Failure) -> JSONNumber {
    let text = text
    if isWhole {
      guard rounded == nil, let number = JSONNumber(text), number.int != nil else {
        throw Self.overflow("the sum \(text)")
      }
      return number
    }
    guard let number = rounded ?? JSONNumber(text).flatMap(ExactDecimal.init)?.number else {
      throw Self.overflow("the sum \(text)")
    }
    return number
  }

  /// Nil when the digits do not suffice.
  private func sum(_ term: Decimal) -> Decimal? {
    let common = max(scale, term.scale)
    guard let left = Decimal(units: units, scale: scale).scaled(to: common), let right = term.scaled(to: common) else {
      return nil
    }
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? nil : Decimal(units: sum, scale: common)
  }

  /// Without zeros at the end of the fraction.
  private var text: String {
    var digits = String(units.magnitude)
    guard scale > 0 else { return (units < 0 ? "-" : "") + digits }
    if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
    var fraction = digits.suffix(scale)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (units < 0 ? "-" : "") + digits.dropLast(scale) + (fraction.isEmpty ? "" : ".") + fraction
  }

  private static func overflow(_ what: String) -> Failure { Failure(.overflow, "\(what) does not fit 64 bits") }
}

private struct Decimal {
  let units: Int128
  let scale: Int

  init(units: Int128, scale: Int) {
    self.units = units
    self.scale = scale
  }

  /// Nil when it has more digits than fit.
  init?(_ number: JSONNumber) {
    let parts = number.text.split { $0 == "e" || $0 == "E" }
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    guard let units = Int128(mantissa[0] + fraction), let power = parts.count > 1 ? Int(parts[1]) : 0,
      power.magnitude <= 100
    else { return nil }
    self.init(units: units, scale: fraction.utf8.count - power)
    // Zeros at the end would take the room of other numbers' digits.
    while scale > 0, self.units % 10 == 0 { self.init(units: self.units / 10, scale: scale - 1) }
  }

  /// The units at a scale that is no smaller; nil when they do not fit.
  func scaled(to scale: Int) -> Int128? {
    var units = units
    for _ in self.scale..<scale {
      let (product, overflows) = units.multipliedReportingOverflow(by: 10)
      if overflows { return nil }
      units = product
    }
    return units
  }
}
