import Basics
import OrderedJSON

/// Adds up numbers exactly, as decimals.
struct ExactSum {
  private var sum = DecimalUnits(units: 0, scale: 0)
  /// Whether all numbers were written as integers, so that the sum is one of 64 bits.
  private var isWhole = true
  /// The sum so far, once machine words do not hold it: what comes then is added as `+` does.
  private var rounded: ExactDecimal?

  /// - Throws: when the value is no number, or the sum is out of range.
  mutating func add(_ value: JSONValue) throws(Failure) {
    guard case .number(let number) = value else {
      throw Failure(.typeMismatch, "'sum' adds numbers, got \(value.kindWithArticle)")
    }
    let isInteger = number.text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
    guard !isInteger || number.int != nil || number.text == "-0" else { throw Self.overflow(number.text) }
    isWhole = isWhole && isInteger
    if rounded == nil, let term = DecimalUnits(number), let sum = sum + term {
      self.sum = sum
      return
    }
    guard let before = rounded ?? sum.number.flatMap(ExactDecimal.init), let term = ExactDecimal(number) else {
      throw Self.outOfRange
    }
    rounded = before + term
  }

  /// - Throws: when all numbers are whole and the sum does not fit 64 bits.
  func total() throws(Failure) -> JSONNumber {
    if isWhole {
      guard rounded == nil, let sum = Int(exactly: sum.units) else { throw Self.overflow("the sum \(sum.units)") }
      return JSONNumber(sum)
    }
    guard let number = rounded.map({ $0.number }) ?? sum.number else { throw Self.outOfRange }
    return number
  }

  private static var outOfRange: Failure { Failure(.overflow, "the sum is out of range") }
  private static func overflow(_ what: String) -> Failure { Failure(.overflow, "\(what) does not fit 64 bits") }
}
