import Basics
public import OrderedJSON

/// Arithmetic and exact comparison of numbers, which keep their text until one of these touches them.
public enum Number {
  /// Compares exact values, however large or small: negative, zero or positive.
  public static func compare(_ left: JSONNumber, _ right: JSONNumber) -> Int {
    if let left = left.int, let right = right.int { return left < right ? -1 : left == right ? 0 : 1 }
    let (left, right) = (Decimal(left), Decimal(right))
    guard left.sign == right.sign else { return left.sign < right.sign ? -1 : 1 }
    return left.sign * left.compareMagnitude(right)
  }

  /// What can be computed of two numbers.
  enum Operation {
    case add
    case subtract
    case multiply
    case divide
    case remainder
  }

  enum ArithmeticError: Error {
    case overflow
    case divisionByZero
    case outOfRange
  }

  /// Integers stay integers, 64 bits wide: overflow is an error, and a quotient that is not whole becomes a decimal.
  /// Anything with a fraction or an exponent is computed as a decimal: exactly up to 38 digits, a quotient up to 17, and
  /// rounded half to even beyond. Integers beyond 64 bits take no part.
  static func compute(
    _ operation: Operation, _ left: JSONNumber, _ right: JSONNumber
  ) throws(ArithmeticError) -> JSONNumber {
    if let left = integer(left), let right = integer(right) {
      let result: (partialValue: Int, overflow: Bool)
      switch operation {
      case .add: result = left.addingReportingOverflow(right)
      case .subtract: result = left.subtractingReportingOverflow(right)
      case .multiply: result = left.multipliedReportingOverflow(by: right)
      case .divide, .remainder:
        guard right != 0 else { throw .divisionByZero }
        let remainder = left.remainderReportingOverflow(dividingBy: right)
        if operation == .remainder { return JSONNumber(remainder.overflow ? 0 : remainder.partialValue) }
        if remainder.partialValue != 0 { return try decimal(operation, JSONNumber(left), JSONNumber(right)) }
        result = left.dividedReportingOverflow(by: right)
      }
      guard !result.overflow else { throw .overflow }
      return JSONNumber(result.partialValue)
    }
    guard !isLargeInteger(left), !isLargeInteger(right) else { throw .overflow }
    if let small = DecimalUnits.compute(operation, left, right) { return small }
    return try decimal(operation, left, right)
  }

  private static func decimal(
    _ operation: Operation, _ left: JSONNumber, _ right: JSONNumber
  ) throws(ArithmeticError) -> JSONNumber {
    guard let left = ExactDecimal(left), let right = ExactDecimal(right) else { throw .outOfRange }
    let result: ExactDecimal?
    switch operation {
    case .add: result = left + right
    case .subtract: result = left + -right
    case .multiply: result = left * right
    case .divide, .remainder:
      guard !right.digits.isEmpty else { throw .divisionByZero }
      result = operation == .divide ? left / right : left % right
    }
    guard let number = result?.number else { throw .outOfRange }
    return number
  }

  private static func integer(_ number: JSONNumber) -> Int? { number.text == "-0" ? 0 : number.int }

  private static func isLargeInteger(_ number: JSONNumber) -> Bool {
    integer(number) == nil && number.text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// `0.d₁d₂d₃… × 10^exponent` with d₁ ≠ 0, read from a valid JSON number.
  private struct Decimal {
    var sign = 1
    var digits: [UInt8] = []
    var exponent = 0
    /// What is to be added to the exponent, when it was written with more than 62 bits.
    var hugePower: BigInteger?

    init(_ number: JSONNumber) {
      let written = WrittenNumber(number)
      if written.isNegative { sign = -1 }
      digits = written.digits
      let shift = digits.count - written.fractionCount
      if let small = written.power.isEmpty ? 0 : Int(written.power), small.magnitude < 1 << 62 {
        exponent = small + shift
      } else {
        exponent = shift
        hugePower = BigInteger(written.power)
      }
      let leadingZeros = digits.prefix { $0 == 0 }.count
      digits.removeFirst(leadingZeros)
      exponent -= leadingZeros
      digits = DecimalDigits.withoutZerosBehind(digits)
      if digits.isEmpty { (sign, exponent, hugePower) = (0, 0, nil) }
    }

    func compareMagnitude(_ other: Decimal) -> Int {
      let order = compareExponent(other)
      guard order == 0 else { return order }
      if digits == other.digits { return 0 }
      return digits.lexicographicallyPrecedes(other.digits) ? -1 : 1
    }

    private func compareExponent(_ other: Decimal) -> Int {
      if hugePower == nil, other.hugePower == nil {
        return exponent < other.exponent ? -1 : exponent == other.exponent ? 0 : 1
      }
      return BigInteger.compare(exactExponent, other.exactExponent)
    }

    private var exactExponent: BigInteger {
      let exponent = BigInteger(String(exponent))
      return hugePower.map { $0 + exponent } ?? exponent
    }
  }
}
