import OrderedJSON

/// A decimal as a whole number of units of 10^-scale, in machine words: what nearly all numbers are.
struct DecimalUnits {
  let units: Int128
  let scale: Int

  init(units: Int128, scale: Int) {
    self.units = units
    self.scale = scale
  }

  private static let greatestPower = 100

  /// Reads a number; zeros at the end of its fraction, which would take the room of other numbers' digits, are left out.
  /// Nil when it has more digits than fit, or an exponent beyond 100.
  init?(_ number: JSONNumber) {
    var (units, scale, zeros, power): (Int128, Int, Int, Int) = (0, 0, 0, 0)
    var (isNegative, isFraction, isPower, isPowerNegative) = (false, false, false, false)
    for byte in number.text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): if isPower { isPowerNegative = true } else { isNegative = true }
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isPower = true
      case _ where isPower:
        power = power * 10 + Int(byte - UInt8(ascii: "0"))
        guard power <= Self.greatestPower else { return nil }
      case UInt8(ascii: "0") where isFraction: zeros += 1
      default:
        let places = isFraction ? zeros + 1 : 1
        guard places <= Self.mostDigits else { return nil }
        let (shifted, isTooLarge) = units.multipliedReportingOverflow(by: Self.powers[places])
        let (sum, overflows) = shifted.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
        guard !isTooLarge, !overflows else { return nil }
        units = sum
        if isFraction { (scale, zeros) = (scale + places, 0) }
      }
    }
    self.units = isNegative ? -units : units
    self.scale = scale - (isPowerNegative ? -power : power)
  }

  private static let mostDigits = 38
  /// 10^0 to 10^38.
  private static let powers: [Int128] = (0...mostDigits).map { power in
    (0..<power).reduce(Int128(1)) { product, _ in product * 10 }
  }

  /// The units at a scale that is no smaller; nil when they do not fit.
  func scaled(to scale: Int) -> Int128? {
    let shift = max(0, scale - self.scale)
    guard shift > 0, units != 0 else { return units }
    guard shift <= Self.mostDigits else { return nil }
    let (product, overflows) = units.multipliedReportingOverflow(by: Self.powers[shift])
    return overflows ? nil : product
  }

  /// Nil when it does not fit.
  static func + (left: DecimalUnits, right: DecimalUnits) -> DecimalUnits? {
    let scale = max(left.scale, right.scale)
    guard let first = left.scaled(to: scale), let second = right.scaled(to: scale) else { return nil }
    let (sum, overflows) = first.addingReportingOverflow(second)
    return overflows ? nil : DecimalUnits(units: sum, scale: scale)
  }

  var number: JSONNumber? { number(to: ExactDecimal.precision) }

  private func number(to precision: Int) -> JSONNumber? {
    // A whole number of 64 bits needs no more than its text.
    if scale == 0, precision == ExactDecimal.precision, let whole = Int(exactly: units) { return JSONNumber(whole) }
    let digits = String(units.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    return ExactDecimal(isNegative: units < 0, digits: DecimalDigits.withoutZeros(digits), exponent: -scale)
      .rounded(to: precision).number
  }
}

extension DecimalUnits {
  /// Numbers of so many digits have products, and quotients of enough digits, that fit.
  private static let smallDigits = 18

  private var isSmall: Bool { units.magnitude < Self.powers[Self.smallDigits].magnitude }

  /// Nil when machine words do not hold what is computed, or the divisor is zero.
  static func compute(_ operation: Number.Operation, _ left: JSONNumber, _ right: JSONNumber) -> JSONNumber? {
    guard let left = DecimalUnits(left), left.isSmall, let right = DecimalUnits(right), right.isSmall else {
      return nil
    }
    switch operation {
    case .add: return (left + right)?.number
    case .subtract: return (left + DecimalUnits(units: -right.units, scale: right.scale))?.number
    case .multiply: return DecimalUnits(units: left.units * right.units, scale: left.scale + right.scale).number
    case .remainder:
      let scale = max(left.scale, right.scale)
      guard let first = left.scaled(to: scale), let second = right.scaled(to: scale), second != 0 else { return nil }
      return DecimalUnits(units: first % second, scale: scale).number
    case .divide: return right.units == 0 ? nil : quotient(left, right)
    }
  }

  private static func quotient(_ left: DecimalUnits, _ right: DecimalUnits) -> JSONNumber? {
    // Two digits more than a quotient keeps, and one for what is left.
    let shift = max(0, smallDigits + digitCount(right.units) - digitCount(left.units))
    var (units, rest) = (left.units * powers[shift]).quotientAndRemainder(dividingBy: right.units)
    var scale = left.scale + shift - right.scale
    if rest != 0 {
      rest = (left.units < 0) == (right.units < 0) ? 1 : -1
      (units, scale) = (units * 10 + rest, scale + 1)
    }
    return DecimalUnits(units: units, scale: scale).number(to: ExactDecimal.quotientPrecision)
  }

  private static func digitCount(_ units: Int128) -> Int {
    powers.firstIndex { units.magnitude < $0.magnitude } ?? mostDigits
  }
}
