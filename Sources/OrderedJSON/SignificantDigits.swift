/// What a number's text means: `1.50`, `15e-1` and `1.5` have the same.
struct SignificantDigits: Hashable {
  let isNegative: Bool
  /// Without zeros in front or behind; empty for zero.
  let digits: [UInt8]
  /// The power of ten of the last digit; 0 for zero.
  let exponent: Int

  /// Nil for an exponent beyond what anything calculates with.
  init?(_ number: JSONNumber) {
    let written = WrittenNumber(number)
    guard var exponent = written.exponent, -1_000_000_000...1_000_000_000 ~= exponent else { return nil }
    var digits = written.digits
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = Array(digits.drop { $0 == 0 })
    self.exponent = digits.isEmpty ? 0 : exponent
    isNegative = !digits.isEmpty && written.isNegative
  }
}

extension JSONNumber {
  /// The value as an integer, however it is written (`12`, `12.0`, `1.2e1`); nil when it is none or does not fit.
  func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
    if let value = Integer(text) { return value }
    guard let value = SignificantDigits(self), 0...40 ~= value.exponent, value.digits.count <= 40 else { return nil }
    guard !value.digits.isEmpty else { return 0 }
    let digits = value.digits + repeatElement(0, count: value.exponent)
    return Integer(
      (value.isNegative ? "-" : "") + String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self))
  }
}
