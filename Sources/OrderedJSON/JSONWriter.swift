import Basics

/// Writes JSON text: what was read is written back with its key order, its number texts and its string escapes.
///
/// Strings that were built rather than read are escaped minimally: `"`, `\` and the controls below 0x20.
public struct JSONWriter: Sendable {
  /// One line, no white space.
  public static let compact = JSONWriter(indentation: nil)
  /// Two spaces a level, a line for each item and pair; empty arrays and objects stay on one line.
  public static let pretty = JSONWriter(indentation: 2)

  private let indentation: Int?
  /// Copied in one go, which matters where values are nested deep.
  private static let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 1024)

  /// A pretty writer with another indentation.
  /// - Parameter spaces: spaces for each level, 0 or more.
  public static func pretty(spaces: Int) -> JSONWriter { JSONWriter(indentation: max(0, spaces)) }

  /// The value's text.
  public func string(_ value: JSONValue) -> String {
    var bytes: [UInt8] = []
    write(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value's UTF-8 text.
  public func write(_ value: JSONValue, to bytes: inout [UInt8]) {
    write(value, level: 0, to: &bytes)
  }

  private func write(_ value: JSONValue, level: Int, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: number.text.utf8)
    case .string(_, let spelling?): bytes.append(contentsOf: spelling.text.utf8)
    case .string(let string, nil): Self.write(string, to: &bytes)
    case .array(let items):
      writeItems(items, level: level, between: ("[", "]"), to: &bytes) { item, bytes in
        write(item, level: level + 1, to: &bytes)
      }
    case .object(let object):
      if indentation == nil, let text = object.text, text.isFreeOfDuplicates() {
        text.writeCompact(to: &bytes)
        return
      }
      writeItems(object.exactPairs, level: level, between: ("{", "}"), to: &bytes) { pair, bytes in
        write(pair.key.value, level: level, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if indentation != nil { bytes.append(UInt8(ascii: " ")) }
        write(pair.value, level: level + 1, to: &bytes)
      }
    }
  }

  private func writeItems<Items: Sequence>(
    _ items: Items, level: Int, between brackets: (StaticString, StaticString), to bytes: inout [UInt8],
    _ writeItem: (Items.Element, inout [UInt8]) -> Void
  ) {
    bytes.append(brackets.0.utf8Start.pointee)
    var isFirst = true
    for item in items {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      breakLine(level + 1, in: &bytes)
      writeItem(item, &bytes)
    }
    if !isFirst { breakLine(level, in: &bytes) }
    bytes.append(brackets.1.utf8Start.pointee)
  }

  private func breakLine(_ level: Int, in bytes: inout [UInt8]) {
    guard let indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    var left = indentation * level
    while left > 0 {
      let taken = min(left, Self.spaces.count)
      bytes.append(contentsOf: Self.spaces[..<taken])
      left -= taken
    }
  }

  private static func write(_ string: String, to bytes: inout [UInt8]) {
    var string = string
    bytes.append(UInt8(ascii: "\""))
    string.withUTF8 { utf8 in
      for byte in utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          bytes.append(UInt8(ascii: "\\"))
          bytes.append(byte)
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0x00..<0x20:
          bytes.append(contentsOf: #"\u00"#.utf8)
          bytes.append(contentsOf: Hex.text(byte).utf8)
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONText {
  /// Appends the text without the white space between its tokens. A text that has none is copied whole.
  fileprivate func writeCompact(to target: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = JSONCursor(buffer, at: range.lowerBound)
      var start = range.lowerBound
      while cursor.position < range.upperBound {
        if cursor.byte == UInt8(ascii: "\"") {
          _ = cursor.string()
        } else if isWhitespace(cursor.byte) {
          target.append(contentsOf: buffer[start..<cursor.position])
          cursor.skipWhitespace()
          start = cursor.position
        } else {
          cursor.advance()
        }
      }
      target.append(contentsOf: buffer[start..<range.upperBound])
    }
  }

  /// Whether no object at any depth has a key twice, however it is spelled: only then may the text be written as it is.
  fileprivate func isFreeOfDuplicates() -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = JSONCursor(buffer, at: range.lowerBound)
      return Self.isFreeOfDuplicates(&cursor, in: buffer)
    }
  }

  private static func isFreeOfDuplicates(
    _ cursor: inout JSONCursor, in buffer: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var isFree = true
    if cursor.byte == UInt8(ascii: "[") {
      cursor.forEachItem { item in
        if isFree, isBracket(item.byte) { isFree = isFreeOfDuplicates(&item, in: buffer) }
      }
      return isFree
    }
    var seen = Set<UInt64>()
    cursor.forEachPair { name, value in
      guard isFree else { return }
      isFree = seen.insert(name.hash(in: buffer)).inserted
      if isFree, isBracket(value.byte) { isFree = isFreeOfDuplicates(&value, in: buffer) }
    }
    return isFree
  }

  private static func isBracket(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "{") }
}

extension RawString {
  /// FNV-1a of what the key means. Two keys that collide only cost the slower way of writing.
  fileprivate func hash(in buffer: UnsafeBufferPointer<UInt8>) -> UInt64 {
    hasEscapes ? Self.hash(exactBytes(in: buffer)) : Self.hash(buffer[range])
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}
