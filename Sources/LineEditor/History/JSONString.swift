import Basics

/// A text as a JSON string (RFC 8259, section 7), the form of a line of the history file.
enum JSONString {
  static func encode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20, 0x7F:
        bytes += ("\\u00" + Hex.text(byte)).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
  }

  /// - Returns: `nil` for anything but exactly one JSON string of well-formed UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return nil }
    let content = bytes.dropFirst().dropLast()
    var text: [UInt8] = []
    var index = content.startIndex
    while index < content.endIndex {
      switch content[index] {
      case UInt8(ascii: "\\"):
        guard let escape = JSONEscape(in: content, at: index) else { return nil }
        text += String(escape.scalar).utf8
        index += escape.length
      case UInt8(ascii: "\""), 0..<0x20: return nil
      case let byte:
        text.append(byte)
        index += 1
      }
    }
    return String(validating: text, as: UTF8.self)
  }
}
