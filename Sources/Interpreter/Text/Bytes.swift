// The bytes that separate lines and fields.

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
}

func isJSONWhitespace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == .lineFeed || byte == .carriageReturn || byte == 0x09
}
