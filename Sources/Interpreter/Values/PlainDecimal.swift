import Basics
import OrderedJSON

/// A number's digits before and behind the point, exactly, without an exponent.
struct PlainDecimal {
  let isNegative: Bool
  /// Digits, 0 to 9, the most significant first; without leading zeros, so that zero has none.
  let whole: [UInt8]
  let fraction: [UInt8]

  /// Numbers whose exponent asks for more digits are not written out.
  static let mostDigits = 400

  /// Nil when the number would be too long.
  init?(_ number: JSONNumber) {
    let written = WrittenNumber(number)
    guard let exponent = written.exponent, exponent.magnitude <= Self.mostDigits else { return nil }
    isNegative = written.isNegative
    var digits = written.digits
    var place = digits.count + exponent
    if place < 0 {
      digits = Array(repeating: 0, count: -place) + digits
      place = 0
    } else if place > digits.count {
      digits += Array(repeating: 0, count: place - digits.count)
    }
    whole = DecimalDigits.withoutZeros(Array(digits[..<place]))
    fraction = Array(digits[place...])
  }

  /// The same, for who writes it.
  init(writing number: JSONNumber) throws(Failure) {
    guard let decimal = PlainDecimal(number) else {
      throw Failure(.overflow, "the number has more than \(Self.mostDigits) digits written out")
    }
    self = decimal
  }

  var isZero: Bool { whole.isEmpty && fraction.allSatisfy { $0 == 0 } }

  /// The whole part; nil when it does not fit 64 bits.
  var wholeInt: Int? { whole.isEmpty ? 0 : Int(DecimalDigits.text(whole)) }
}
