import Basics

/// A whole number of any length: for exponents that no machine word holds.
struct BigInteger {
  private let isNegative: Bool
  /// Decimal, the most significant first, without leading zeros.
  private let digits: [UInt8]

  private init(isNegative: Bool, _ digits: [UInt8]) {
    self.digits = DecimalDigits.withoutZeros(digits)
    self.isNegative = isNegative && !self.digits.isEmpty
  }

  /// - Parameter text: digits, with or without a sign in front.
  init(_ text: some StringProtocol) {
    let digits = text.utf8.filter(isDigit).map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: text.utf8.first == UInt8(ascii: "-"), digits)
  }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(isNegative: left.isNegative, DecimalDigits.sum(left.digits, right.digits))
    }
    if DecimalDigits.precedes(left.digits, right.digits) {
      return BigInteger(isNegative: right.isNegative, DecimalDigits.difference(right.digits, left.digits))
    }
    return BigInteger(isNegative: left.isNegative, DecimalDigits.difference(left.digits, right.digits))
  }

  /// Negative, zero or positive.
  static func compare(_ left: BigInteger, _ right: BigInteger) -> Int {
    if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
    if left.digits == right.digits { return 0 }
    return DecimalDigits.precedes(left.digits, right.digits) != left.isNegative ? -1 : 1
  }
}
