/// Base64 (RFC 4648) in both alphabets.
///
/// Foundation's would weigh 30 MB on the shell's start.
package enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The text of bytes in the usual alphabet, with padding (RFC 4648, 4).
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: encoded(Array(bytes), urlSafe: false, padded: true), as: UTF8.self)
  }

  package static func encoded(_ bytes: [UInt8], urlSafe isURLSafe: Bool, padded isPadded: Bool)
    -> [UInt8]
  {
    let alphabet = isURLSafe ? urlSafe : standard
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0...group.count { text.append(alphabet[bits >> (18 - 6 * index) & 0x3F]) }
      if isPadded { text += repeatElement(UInt8(ascii: "="), count: 3 - group.count) }
    }
    return text
  }

  /// The bytes of a text in either alphabet, with or without padding; nil when it is not base64 or is empty.
  package static func decoded(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 3)
    var (bits, bitCount, digitCount, paddingCount) = (0, 0, 0, 0)
    for byte in text {
      if byte == UInt8(ascii: "=") {
        paddingCount += 1
        continue
      }
      guard paddingCount == 0, let value = value(of: byte) else { return nil }
      digitCount += 1
      bits = (bits << 6 | value) & 0xFFFF
      bitCount += 6
      guard bitCount >= 8 else { continue }
      bitCount -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
    }
    guard digitCount % 4 != 1, paddingCount == 0 || (digitCount + paddingCount) % 4 == 0 && paddingCount < 3 else {
      return nil
    }
    return bytes.isEmpty ? nil : bytes
  }

  private static func value(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
