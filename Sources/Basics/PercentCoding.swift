/// The percent-encoding of URLs (RFC 3986, 2.1).
package enum PercentCoding {
  /// The text with a `%` and two digits for each byte that is not kept.
  package static func encoded(_ text: String, keeping isKept: (UInt8) -> Bool = isUnreserved) -> String {
    if text.utf8.allSatisfy(isKept) { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), Hex.uppercaseDigits[Int(byte >> 4)], Hex.uppercaseDigits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text without its encoding; nil when a `%` is not followed by two digits, or the bytes are not UTF-8.
  /// - Parameter plusIsSpace: as in `application/x-www-form-urlencoded`.
  package static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    decodedBytes(text, plusIsSpace: plusIsSpace, lenient: false).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The text without its encoding. What is not a valid escape stays as it is; what is not UTF-8 becomes U+FFFD.
  package static func decodedLeniently(_ text: some StringProtocol) -> String {
    String(decoding: decodedBytes(text, plusIsSpace: false, lenient: true) ?? [], as: UTF8.self)
  }

  private static func decodedBytes(_ text: some StringProtocol, plusIsSpace: Bool, lenient: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2).compactMap(Hex.value)
        if digits.count == 2 {
          bytes.append(digits[0] << 4 | digits[1])
          rest = rest.dropFirst(2)
        } else if lenient {
          bytes.append(byte)
        } else {
          return nil
        }
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  /// A letter, a digit or one of `-._~` (RFC 3986, 2.3).
  package static func isUnreserved(_ byte: UInt8) -> Bool {
    byte < 0x80 && (isLetter(byte) || isDigit(byte)) || "-._~".utf8.contains(byte)
  }
}
