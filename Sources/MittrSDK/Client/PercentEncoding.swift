extension String {
  /// The text as one path segment or one part of a query: all but letters, digits and `-._~` is percent-encoded
  /// (RFC 3986, 2.3).
  package var percentEncoded: String { percentEncoded { $0.isUnreserved } }

  /// The text as a whole path, maybe with a query: what has a meaning there stays, and so does what is already encoded.
  var percentEncodedPath: String {
    percentEncoded { $0.isUnreserved || "/%?:@!$&'()*+,;=[]".utf8.contains($0) }
  }

  private func percentEncoded(keeping isKept: (UInt8) -> Bool) -> String {
    if utf8.allSatisfy(isKept) { return self }
    var result: [UInt8] = []
    for byte in utf8 {
      if isKept(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
  /// A letter, a digit or one of `-._~`.
  var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
