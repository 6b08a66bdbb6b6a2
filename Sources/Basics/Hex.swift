/// Hexadecimal digits.
package enum Hex {
  package static let lowercaseDigits = Array("0123456789abcdef".utf8)
  package static let uppercaseDigits = Array("0123456789ABCDEF".utf8)

  /// Two lowercase digits for each byte.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [lowercaseDigits[Int($0 >> 4)], lowercaseDigits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// All digits of a number, with the zeros in front: 16 for 64 bits.
  package static func text<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: Number.bitWidth / 4 - digits.utf8.count) + digits
  }

  /// Two digits for each byte.
  package static func encoded(_ bytes: [UInt8], uppercase: Bool) -> [UInt8] {
    let digits = uppercase ? uppercaseDigits : lowercaseDigits
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
  }

  /// The bytes of an even number of digits in any case; nil for any other text and for an empty one.
  package static func decoded(_ text: [UInt8]) -> [UInt8]? {
    guard !text.isEmpty, text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = value(of: text[index]), let low = value(of: text[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// What a digit of either case stands for; nil for any other byte.
  @inlinable
  package static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
