/// A text that was decoded in one encoding and written in another.
enum TextMistake: Hashable {
  /// UTF-8 was read as this encoding and written as UTF-8, this often: `Ã«` for `ë`.
  case misread(SingleByteEncoding, times: Int)
  /// UTF-8 was read as it is and written in this encoding.
  case miswritten(SingleByteEncoding)

  static let misread: [TextMistake] = [.misread(.latin1, times: 1), .misread(.windows1252, times: 1)]
  static let misreadTwice: [TextMistake] = [.misread(.latin1, times: 2), .misread(.windows1252, times: 2)]
  static let miswritten: [TextMistake] = [.miswritten(.latin1), .miswritten(.windows1252)]

  /// What the body was before; nil when this cannot have been done to it.
  func undone(_ body: [UInt8]) -> [UInt8]? {
    switch self {
    case .misread(let encoding, let times):
      var bytes = body
      for _ in 0..<times {
        guard let narrow = encoding.encoded(bytes) else { return nil }
        bytes = narrow
      }
      return bytes
    case .miswritten(let encoding): return encoding.decoded(body)
    }
  }

  var phrase: String {
    switch self {
    case .misread(let encoding, let times):
      "the body as it was before its UTF-8 was read as \(encoding.name)\(times > 1 ? " twice" : "")"
    case .miswritten(let encoding): "the body in UTF-8 rather than in \(encoding.name)"
    }
  }
}

/// The encodings of one byte a character that UTF-8 is taken for.
enum SingleByteEncoding: Hashable {
  case latin1
  case windows1252

  var name: String {
    switch self {
    case .latin1: "Latin-1"
    case .windows1252: "Windows-1252"
    }
  }

  /// What Windows-1252 has at 0x80…0x9F, as the Encoding Standard of the web has it: the five unused bytes are controls.
  private static let windowsScalars: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  private static let windowsBytes = Dictionary(
    uniqueKeysWithValues: zip(windowsScalars, (0x80 as UInt8)...0x9F))

  /// A text in this encoding as UTF-8.
  func decoded(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 4)
    for byte in bytes {
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      let value = self == .windows1252 && byte < 0xA0 ? Self.windowsScalars[Int(byte) - 0x80] : UInt32(byte)
      text += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
    }
    return text
  }

  /// A UTF-8 text in this encoding; nil when it is not UTF-8 or has a character that this encoding lacks.
  func encoded(_ text: [UInt8]) -> [UInt8]? {
    guard let text = String(validating: text, as: UTF8.self) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if self == .windows1252, let byte = Self.windowsBytes[scalar.value] {
        bytes.append(byte)
      } else if scalar.value <= 0xFF, self == .latin1 || scalar.value >= 0xA0 {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        return nil
      }
    }
    return bytes
  }
}
