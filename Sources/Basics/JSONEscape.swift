/// One escape of a JSON string (RFC 8259, section 7): the one reader of escapes for everything that reads JSON's strings.
///
/// A `\u` escape of half of a surrogate pair, whose other half is missing, is valid JSON; programs write it for an emoji
/// that was cut in two. No text can hold it: as text it is U+FFFD.
package struct JSONEscape: Sendable, Hashable {
  /// What the escape means, as text.
  package let scalar: Unicode.Scalar
  /// The half of a surrogate pair that the escape means, if it means no character.
  package let loneSurrogate: UInt16?
  /// How many bytes the escape takes: 2, 6, or 12 for a pair of surrogates.
  package let length: Int

  /// Reads the escape whose backslash stands at an index; nil when there is none that JSON has.
  package init?<Bytes: RandomAccessCollection>(in bytes: Bytes, at start: Int)
  where Bytes.Element == UInt8, Bytes.Index == Int {
    self.init(anyOf: bytes, at: start)
  }

  /// The same for bytes in memory. It is compiled here, for one type: other modules would call the generic one as it is,
  /// which is many times as slow.
  package init?(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) { self.init(anyOf: bytes, at: start) }

  private init?<Bytes: RandomAccessCollection>(anyOf bytes: Bytes, at start: Int)
  where Bytes.Element == UInt8, Bytes.Index == Int {
    guard start + 1 < bytes.endIndex, bytes[start] == UInt8(ascii: "\\") else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      self.init(Unicode.Scalar(bytes[start + 1]), length: 2)
    case UInt8(ascii: "b"): self.init("\u{8}", length: 2)
    case UInt8(ascii: "f"): self.init("\u{C}", length: 2)
    case UInt8(ascii: "n"): self.init("\n", length: 2)
    case UInt8(ascii: "r"): self.init("\r", length: 2)
    case UInt8(ascii: "t"): self.init("\t", length: 2)
    default:
      guard let first = Self.unit(in: bytes, at: start) else { return nil }
      if let scalar = Unicode.Scalar(first) {
        self.init(scalar, length: 6)
      } else if UTF16.isLeadSurrogate(first), let second = Self.unit(in: bytes, at: start + 6),
        UTF16.isTrailSurrogate(second)
      {
        self.init(UTF16.decode(UTF16.EncodedScalar([first, second])), length: 12)
      } else {
        self.init("\u{FFFD}", loneSurrogate: first, length: 6)
      }
    }
  }

  private init(_ scalar: Unicode.Scalar, loneSurrogate: UInt16? = nil, length: Int) {
    self.scalar = scalar
    self.loneSurrogate = loneSurrogate
    self.length = length
  }

  /// The code unit of `\u` and four hexadecimal digits.
  private static func unit<Bytes: RandomAccessCollection>(in bytes: Bytes, at start: Int) -> UInt16?
  where Bytes.Element == UInt8, Bytes.Index == Int {
    guard start + 6 <= bytes.endIndex, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u") else {
      return nil
    }
    var unit: UInt16 = 0
    for index in start + 2..<start + 6 {
      let digit: UInt8
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[index] - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// What the escape means in UTF-8 that also has the halves of surrogate pairs (WTF-8), so that two strings with the same
  /// bytes mean the same.
  package var exactBytes: [UInt8] {
    guard let unit = loneSurrogate else { return Array(String(scalar).utf8) }
    return [0xED, 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
  }
}
