/// Bytes as hexadecimal digits, two to a byte.
enum Hexadecimal {
  static let lowercaseDigits = Array("0123456789abcdef".utf8)
  static let uppercaseDigits = Array("0123456789ABCDEF".utf8)

  static func encoded(_ bytes: [UInt8], uppercase: Bool) -> [UInt8] {
    let digits = uppercase ? uppercaseDigits : lowercaseDigits
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
  }

  /// The bytes of an even number of digits in any case; nil for any other text and for an empty one.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    guard !text.isEmpty, text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = value(of: text[index]), let low = value(of: text[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// The value of one digit.
  static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
