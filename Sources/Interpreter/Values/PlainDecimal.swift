import Basics
import OrderedJSON

/// A number's digits before and behind the point, exactly, without an exponent.
struct PlainDecimal {
  var isNegative: Bool
  /// Digits, 0 to 9, the most significant first; without leading zeros, so that zero has none.
  var whole: [UInt8]
  var fraction: [UInt8]

  /// Numbers whose exponent asks for more digits are not written out.
  static let mostDigits = 400

  /// Nil when the number would be too long.
  init?(_ number: JSONNumber) {
    var digits: [UInt8] = []
    var point: Int?
    var power = ""
    isNegative = false
    var isPower = false
    for byte in number.text.utf8 {
      switch byte {
      case _ where isPower: power.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isPower = true
      default: digits.append(byte - UInt8(ascii: "0"))
      }
    }
    let shift = power.isEmpty ? 0 : Int(power)
    guard let shift, shift.magnitude <= Self.mostDigits else { return nil }
    var place = (point ?? digits.count) + shift
    if place < 0 {
      digits = Array(repeating: 0, count: -place) + digits
      place = 0
    } else if place > digits.count {
      digits += Array(repeating: 0, count: place - digits.count)
    }
    whole = Array(digits[..<place].drop { $0 == 0 })
    fraction = Array(digits[place...])
  }

  /// Rounded to so many digits behind the point, half away from zero; filled up with zeros.
  func rounded(toDecimals count: Int) -> PlainDecimal {
    var result = self
    guard fraction.count > count else {
      result.fraction += Array(repeating: 0, count: count - fraction.count)
      return result
    }
    var digits = whole + fraction.prefix(count)
    if fraction[count] >= 5 { Self.increment(&digits) }
    let place = digits.count - count
    result.whole = Array(digits[..<place].drop { $0 == 0 })
    result.fraction = Array(digits[place...])
    return result
  }

  /// Adds one to the last digit.
  static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      guard digits[index] == 9 else {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
  }

  /// Without the zeros at the end.
  static func trimmed(_ digits: [UInt8]) -> [UInt8] { digits.dropLast(digits.reversed().prefix { $0 == 0 }.count) }

  var isZero: Bool { whole.isEmpty && fraction.allSatisfy { $0 == 0 } }

  static func text(_ digits: some Sequence<UInt8>) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// The whole part; nil when it does not fit 64 bits.
  var wholeInt: Int? { whole.isEmpty ? 0 : Int(Self.text(whole)) }
}
