import Crypto

/// The 64 hexadecimal digits of an HMAC-SHA256 in ASCII, eight to a word, so that nothing is kept on the heap.
///
/// Received signatures are compared as the text they are: that needs no decoding, and only the canonical, lowercase
/// form is equal.
struct SignatureDigits: Sendable {
  /// The first digit of a word is its most significant byte.
  private var words = SIMD8<UInt64>()

  /// The version that stands before the digits of a signature.
  private static let prefix = "v1="
  private static let byteCount = 64

  init(_ digest: SHA256.Digest) {
    digest.withUnsafeBytes { bytes in
      for index in words.indices {
        words[index] = Self.digits(
          of: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
      }
    }
  }

  /// The eight digits of a number, found for all of them at once.
  private static func digits(of number: UInt32) -> UInt64 {
    // Move each four bits into a byte of their own.
    var values = UInt64(number)
    values = (values | values << 16) & 0x0000_FFFF_0000_FFFF
    values = (values | values << 8) & 0x00FF_00FF_00FF_00FF
    values = (values | values << 4) & 0x0F0F_0F0F_0F0F_0F0F
    // Adding 6 carries into the fifth bit of just those from 10 to 15, which become letters.
    let letters = (values + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return values + 0x3030_3030_3030_3030 + letters * UInt64(UInt8(ascii: "a") - UInt8(ascii: "9") - 1)
  }

  /// The signature header's value: `v1=` and 64 lowercase hexadecimal digits.
  var signature: String {
    var text = Array(Self.prefix.utf8)
    for index in words.indices { withUnsafeBytes(of: words[index].bigEndian) { text += $0 } }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether a header's value is this signature, found in a time that does not depend on where they differ.
  func isEqualInConstantTime(to signature: String) -> Bool {
    withBytes(of: signature.utf8) { text in
      let start = Self.prefix.utf8.count
      guard text.count == start + Self.byteCount, text.starts(with: Self.prefix.utf8) else { return false }
      var difference: UInt64 = 0
      for index in words.indices {
        let received = UInt64(bigEndian: text.loadUnaligned(fromByteOffset: start + 8 * index, as: UInt64.self))
        difference |= received ^ words[index]
      }
      return difference == 0
    }
  }

  /// Whether a header's value has the form of a signature: `v1=` and 64 lowercase hexadecimal digits.
  static func isSignature(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst(prefix.utf8.count)
    return hasPrefix(text) && digits.count == byteCount && digits.allSatisfy("0123456789abcdef".utf8.contains)
  }

  /// Whether a header's value begins with the version.
  static func hasPrefix(_ text: String) -> Bool { text.utf8.starts(with: prefix.utf8) }
}
