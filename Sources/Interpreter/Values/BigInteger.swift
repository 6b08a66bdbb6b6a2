import Basics

/// A whole number of any length: for exponents that no machine word holds.
struct BigInteger {
  private let isNegative: Bool
  /// Decimal, the most significant first, without leading zeros.
  private let digits: [UInt8]

  private init(isNegative: Bool, _ digits: some Sequence<UInt8>) {
    self.digits = Array(digits.drop { $0 == 0 })
    self.isNegative = isNegative && !self.digits.isEmpty
  }

  /// - Parameter text: digits, with or without a sign in front.
  init(_ text: some StringProtocol) {
    let digits = text.utf8.filter(isDigit).map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: text.utf8.first == UInt8(ascii: "-"), digits)
  }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(isNegative: left.isNegative, combined(left.digits, right.digits, subtracting: false))
    }
    if precedes(left.digits, right.digits) {
      return BigInteger(isNegative: right.isNegative, combined(right.digits, left.digits, subtracting: true))
    }
    return BigInteger(isNegative: left.isNegative, combined(left.digits, right.digits, subtracting: true))
  }

  /// Negative, zero or positive.
  static func compare(_ left: BigInteger, _ right: BigInteger) -> Int {
    if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
    if left.digits == right.digits { return 0 }
    return precedes(left.digits, right.digits) != left.isNegative ? -1 : 1
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }

  /// The digits of a sum, or of a difference whose first part is not the smaller one.
  private static func combined(_ left: [UInt8], _ right: [UInt8], subtracting: Bool) -> [UInt8] {
    var result: [UInt8] = []
    var carry = 0
    for place in 1...max(left.count, right.count, 1) + 1 {
      let first = place <= left.count ? Int(left[left.count - place]) : 0
      let second = place <= right.count ? Int(right[right.count - place]) : 0
      let sum = subtracting ? first - second - carry : first + second + carry
      carry = sum < 0 || sum > 9 ? 1 : 0
      result.append(UInt8((sum + 10) % 10))
    }
    return result.reversed()
  }
}
