import Basics
import OrderedJSON

/// A decimal of at most 18 digits, `units × 10^exponent`: what nearly all numbers are, computed in machine words.
struct SmallDecimal {
  private let units: Int64
  private let exponent: Int

  private static let (mostDigits, greatestExponent) = (18, 1000)
  private static let powers: [Int128] = (0...2 * mostDigits).map { power in
    (0..<power).reduce(Int128(1)) { product, _ in product * 10 }
  }

  /// Nil when it has more digits, or a large exponent.
  init?(_ number: JSONNumber) {
    var (units, count, fraction, power): (Int64, Int, Int, Int) = (0, 0, 0, 0)
    var (isNegative, isFraction, isPower, isPowerNegative) = (false, false, false, false)
    for byte in number.text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): if isPower { isPowerNegative = true } else { isNegative = true }
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isPower = true
      case _ where isPower:
        power = power * 10 + Int(byte - UInt8(ascii: "0"))
        guard power <= Self.greatestExponent else { return nil }
      default:
        guard count < Self.mostDigits, fraction < Self.greatestExponent else { return nil }
        units = units * 10 + Int64(byte - UInt8(ascii: "0"))
        if units != 0 { count += 1 }
        if isFraction { fraction += 1 }
      }
    }
    self.units = isNegative ? -units : units
    exponent = (isPowerNegative ? -power : power) - fraction
  }

  /// Nil when machine words do not hold what is computed, or the divisor is zero.
  static func compute(_ operation: Number.Operation, _ left: JSONNumber, _ right: JSONNumber) -> JSONNumber? {
    guard let left = SmallDecimal(left), let right = SmallDecimal(right) else { return nil }
    switch operation {
    case .multiply: return number(Int128(left.units) * Int128(right.units), left.exponent + right.exponent)
    case .add, .subtract, .remainder:
      let exponent = min(left.exponent, right.exponent)
      guard let first = left.units(at: exponent), let second = right.units(at: exponent) else { return nil }
      switch operation {
      case .add: return number(first + second, exponent)
      case .subtract: return number(first - second, exponent)
      default: return second == 0 ? nil : number(first % second, exponent)
      }
    case .divide: return right.units == 0 ? nil : quotient(left, right)
    }
  }

  private static func quotient(_ left: SmallDecimal, _ right: SmallDecimal) -> JSONNumber? {
    // Two digits more than a quotient keeps, and one for what is left.
    let shift = max(0, mostDigits + digitCount(right.units) - digitCount(left.units))
    var (units, rest) = (Int128(left.units) * powers[shift]).quotientAndRemainder(dividingBy: Int128(right.units))
    var exponent = left.exponent - shift - right.exponent
    if rest != 0 {
      rest = (left.units < 0) == (right.units < 0) ? 1 : -1
      (units, exponent) = (units * 10 + rest, exponent - 1)
    }
    return number(units, exponent, precision: ExactDecimal.quotientPrecision)
  }

  private static func digitCount(_ units: Int64) -> Int {
    powers.firstIndex { Int128(units.magnitude) < $0 } ?? mostDigits
  }

  /// Nil when the exponents are too far apart.
  private func units(at exponent: Int) -> Int128? {
    let shift = self.exponent - exponent
    return shift <= Self.mostDigits ? Int128(units) * Self.powers[shift] : nil
  }

  private static func number(
    _ units: Int128, _ exponent: Int, precision: Int = ExactDecimal.precision
  ) -> JSONNumber? {
    // A whole number of 64 bits needs no more than its text.
    if exponent == 0, precision == ExactDecimal.precision, let whole = Int(exactly: units) { return JSONNumber(whole) }
    let digits = String(units.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    return ExactDecimal(isNegative: units < 0, digits: DecimalDigits.withoutZeros(digits), exponent: exponent)
      .rounded(to: precision).number
  }
}
