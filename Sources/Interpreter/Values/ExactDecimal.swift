import Basics
import OrderedJSON

/// A decimal number, `digits × 10^exponent`: exact, but that a result is rounded to so many digits.
struct ExactDecimal {
  private(set) var isNegative = false
  /// From 0 to 9, without leading zeros; zero has none.
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// What sums, products and remainders keep.
  static let precision = 38
  /// What quotients keep that do not end before.
  static let quotientPrecision = 17
  /// What is written with more digits is rounded before it is computed with.
  private static let mostDigits = 400
  /// Greater exponents are out of range.
  private static let greatestExponent = 1_000_000_000_000_000

  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative && !digits.isEmpty
    self.digits = digits
    self.exponent = exponent
  }

  /// Reads a JSON number; nil when its exponent is out of range.
  init?(_ number: JSONNumber) {
    let written = WrittenNumber(number)
    guard let exponent = written.exponent, exponent.magnitude <= Self.greatestExponent.magnitude else { return nil }
    (isNegative, digits, self.exponent) = (written.isNegative, written.digits, exponent)
    digits = DecimalDigits.withoutZeros(digits)
    if digits.count > Self.mostDigits { cut(to: Self.mostDigits) }
    if digits.isEmpty { (isNegative, self.exponent) = (false, 0) }
  }

  // MARK: Arithmetic

  static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    guard !left.digits.isEmpty else { return right.rounded(to: precision) }
    guard !right.digits.isEmpty else { return left.rounded(to: precision) }
    var (high, low) = left.exponent >= right.exponent ? (left, right) : (right, left)
    // So far below the digits that are kept it decides of a tie alone.
    let lowest = high.exponent - max(1, precision + 2 - high.digits.count)
    if low.exponent + low.digits.count <= lowest { (low.digits, low.exponent) = ([1], lowest) }
    high.lower(to: low.exponent)
    let sum: ExactDecimal
    if high.isNegative == low.isNegative {
      sum = ExactDecimal(
        isNegative: high.isNegative, digits: DecimalDigits.sum(high.digits, low.digits), exponent: low.exponent)
    } else {
      let (larger, smaller) = DecimalDigits.precedes(high.digits, low.digits) ? (low, high) : (high, low)
      sum = ExactDecimal(
        isNegative: larger.isNegative, digits: DecimalDigits.difference(larger.digits, smaller.digits),
        exponent: low.exponent)
    }
    return sum.rounded(to: precision)
  }

  static prefix func - (value: ExactDecimal) -> ExactDecimal {
    ExactDecimal(isNegative: !value.isNegative, digits: value.digits, exponent: value.exponent)
  }

  static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    ExactDecimal(
      isNegative: left.isNegative != right.isNegative, digits: DecimalDigits.product(left.digits, right.digits),
      exponent: left.exponent + right.exponent
    ).rounded(to: precision)
  }

  /// - Precondition: the right one is not zero.
  static func / (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    var left = left
    left.lower(to: left.exponent - max(0, quotientPrecision + 2 + right.digits.count - left.digits.count))
    var (quotient, remainder) = DecimalDigits.quotient(left.digits, by: right.digits)
    var exponent = left.exponent - right.exponent
    if !remainder.isEmpty {
      // A digit behind all that are kept: it was not the whole.
      quotient.append(1)
      exponent -= 1
    }
    return ExactDecimal(isNegative: left.isNegative != right.isNegative, digits: quotient, exponent: exponent)
      .rounded(to: quotientPrecision)
  }

  /// What is left of the first, with its sign; nil when the quotient has too many digits.
  /// - Precondition: the right one is not zero.
  static func % (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal? {
    let lead = left.exponent + left.digits.count - right.exponent - right.digits.count
    guard lead >= 0, !left.digits.isEmpty else { return left.rounded(to: precision) }
    guard lead <= mostDigits else { return nil }
    var (left, right) = (left, right)
    let exponent = min(left.exponent, right.exponent)
    left.lower(to: exponent)
    right.lower(to: exponent)
    return ExactDecimal(
      isNegative: left.isNegative, digits: DecimalDigits.quotient(left.digits, by: right.digits).remainder,
      exponent: exponent
    ).rounded(to: precision)
  }

  // MARK: Digits

  /// Rounds half to even, and leaves out zeros at the end.
  func rounded(to count: Int) -> ExactDecimal {
    var result = self
    if digits.count > count {
      let (first, rest) = (digits[count], digits[(count + 1)...])
      let isTie = first == 5 && rest.allSatisfy { $0 == 0 }
      result.digits = Array(digits.prefix(count))
      result.exponent += digits.count - count
      if isTie ? digits[count - 1] % 2 == 1 : first >= 5 { DecimalDigits.increment(&result.digits) }
    }
    while result.digits.last == 0 {
      result.digits.removeLast()
      result.exponent += 1
    }
    return result.digits.isEmpty ? ExactDecimal(isNegative: false, digits: [], exponent: 0) : result
  }

  /// The same number with a lower exponent, by zeros at the end.
  private mutating func lower(to exponent: Int) {
    guard !digits.isEmpty, exponent < self.exponent else { return }
    digits += [UInt8](repeating: 0, count: self.exponent - exponent)
    self.exponent = exponent
  }

  /// Leaves out the last digits; what they were still decides how what is computed is rounded.
  private mutating func cut(to count: Int) {
    let isExact = digits[count...].allSatisfy { $0 == 0 }
    exponent += digits.count - count
    digits.removeSubrange(count...)
    if !isExact, digits[count - 1] % 5 == 0 { digits[count - 1] += 1 }
  }

  // MARK: Text

  /// As JSON: plain, but for whole numbers beyond 64 bits and very small ones, which have an exponent. Nil when it is out of
  /// range.
  var number: JSONNumber? {
    let value = rounded(to: max(Self.precision, digits.count))
    let (digits, exponent) = (value.digits, value.exponent)
    guard !digits.isEmpty else { return JSONNumber(0) }
    guard exponent.magnitude <= Self.greatestExponent.magnitude else { return nil }
    let written = DecimalDigits.text(digits)
    let sign = isNegative ? "-" : ""
    let wholeCount = digits.count + exponent
    func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
    if exponent < 0, wholeCount > -Self.mostZeros {
      guard wholeCount > 0 else { return JSONNumber("\(sign)0.\(zeros(-wholeCount))\(written)") }
      return JSONNumber("\(sign)\(written.prefix(wholeCount)).\(written.dropFirst(wholeCount))")
    }
    if exponent >= 0, wholeCount <= 19, let whole = Int(sign + written + zeros(exponent)) { return JSONNumber(whole) }
    let fraction = digits.count > 1 ? "." + written.dropFirst() : ""
    let power = wholeCount - 1
    return JSONNumber("\(sign)\(written.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(power.magnitude)")
  }

  /// The same, with whole numbers beyond 64 bits written out: for what only leaves digits out.
  var plainNumber: JSONNumber? {
    guard exponent >= 0, !digits.isEmpty, digits.count + exponent <= Self.mostDigits else { return number }
    return JSONNumber((isNegative ? "-" : "") + DecimalDigits.text(digits) + String(repeating: "0", count: exponent))
  }

  /// So many zeros behind the point are written out.
  private static let mostZeros = 7
}
