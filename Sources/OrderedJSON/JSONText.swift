import Basics

/// The text of one valid value inside a larger text, read only where it is asked.
///
/// A parsed object keeps such a piece instead of a tree: looking a key up scans the piece, and what nobody asks for is
/// never built. The text was validated before, so scanning takes no wrong turn; it checks bounds all the same.
struct JSONText: Sendable {
  let bytes: [UInt8]
  let range: Range<Int>

  /// The value of the last pair with this key, for an object's text.
  func value(forKey key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { sought in
      bytes.withUnsafeBufferPointer { buffer in
        var cursor = JSONCursor(buffer, at: range.lowerBound)
        var found: JSONCursor?
        cursor.forEachPair { name, value in
          if name.equals(sought, in: buffer) { found = value }
        }
        return found.map { value in
          var value = value
          return read(&value, in: buffer)
        }
      }
    }
  }

  /// Every pair in the order of the text, duplicates included, for an object's text.
  func forEachPair(_ body: (JSONKey, JSONValue) -> Void) {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = JSONCursor(buffer, at: range.lowerBound)
      cursor.forEachPair { name, value in
        body(name.key(in: buffer), read(&value, in: buffer))
      }
    }
  }

  /// The whole piece as a value.
  func value() -> JSONValue {
    bytes.withUnsafeBufferPointer { whole in
      // A number ends where the piece ends, whatever stands behind it.
      let buffer = UnsafeBufferPointer(rebasing: whole[..<range.upperBound])
      var cursor = JSONCursor(buffer, at: range.lowerBound)
      cursor.skipWhitespace()
      guard cursor.byte == UInt8(ascii: "{") else { return read(&cursor, in: buffer) }
      // An object ends where the piece does, but for white space: it is read through only when something is asked of it.
      var end = buffer.count
      while isWhitespace(buffer[end - 1]) { end -= 1 }
      return .object(JSONObject(JSONText(bytes: bytes, range: cursor.position..<end)))
    }
  }

  /// A copy that shares nothing with the larger text, when that text is much larger.
  func detached() -> JSONText {
    guard bytes.count > 2 * range.count + 64 else { return self }
    return JSONText(bytes: Array(bytes[range]), range: 0..<range.count)
  }

  /// Reads the value under the cursor and moves behind it.
  private func read(_ cursor: inout JSONCursor, in buffer: UnsafeBufferPointer<UInt8>) -> JSONValue {
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "\""):
      let string = cursor.string()
      let spelling = string.hasEscapes ? JSONSpelling(decoding: buffer[start..<cursor.position]) : nil
      return .string(string.decoded(in: buffer), spelling: spelling)
    case UInt8(ascii: "["):
      var items: [JSONValue] = []
      cursor.forEachItem { items.append(read(&$0, in: buffer)) }
      return .array(items)
    case UInt8(ascii: "{"):
      cursor.skipValue()
      return .object(JSONObject(JSONText(bytes: bytes, range: start..<cursor.position)))
    case let letter:
      cursor.skipValue()
      switch letter {
      case UInt8(ascii: "t"): return .bool(true)
      case UInt8(ascii: "f"): return .bool(false)
      case UInt8(ascii: "n"): return .null
      default: return .number(JSONNumber(validated: String(decoding: buffer[start..<cursor.position], as: UTF8.self)))
      }
    }
  }
}

/// A string between its quotes, not yet decoded.
struct RawString {
  let range: Range<Int>
  let hasEscapes: Bool

  @inline(__always)
  func equals(_ sought: UnsafeBufferPointer<UInt8>, in buffer: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !hasEscapes else { return decoded(in: buffer).utf8.elementsEqual(sought) }
    guard range.count == sought.count else { return false }
    for index in 0..<sought.count where buffer[range.lowerBound &+ index] != sought[index] { return false }
    return true
  }

  func decoded(in buffer: UnsafeBufferPointer<UInt8>) -> String {
    guard hasEscapes else { return String(decoding: buffer[range], as: UTF8.self) }
    return String(unsafeUninitializedCapacity: range.count) { target in
      var count = 0
      var index = range.lowerBound
      while index < range.upperBound {
        guard buffer[index] == UInt8(ascii: "\\") else {
          target[count] = buffer[index]
          count += 1
          index += 1
          continue
        }
        guard let escape = JSONEscape(in: UnsafeBufferPointer(rebasing: buffer[..<range.upperBound]), at: index) else {
          break
        }
        index += escape.length
        // Never longer than the escape it replaces, so the capacity suffices.
        for byte in String(escape.scalar).utf8 {
          target[count] = byte
          count += 1
        }
      }
      return count
    }
  }

  /// The string as an object's key.
  func key(in buffer: UnsafeBufferPointer<UInt8>) -> JSONKey {
    let text = decoded(in: buffer)
    guard hasEscapes else { return JSONKey(text) }
    let spelling = JSONSpelling(decoding: buffer[range.lowerBound - 1..<range.upperBound + 1])
    // Only what has a replacement character in its text can mean something else.
    guard text.unicodeScalars.contains("\u{FFFD}") else { return JSONKey(text, spelling: spelling) }
    let exact = exactBytes(in: buffer)
    return JSONKey(text, spelling: spelling, exact: exact.elementsEqual(text.utf8) ? nil : exact)
  }

  /// What the string means, in UTF-8 that also has lone halves of surrogate pairs.
  func exactBytes(in buffer: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if let escape = JSONEscape(in: UnsafeBufferPointer(rebasing: buffer[..<range.upperBound]), at: index) {
        bytes += escape.exactBytes
        index += escape.length
      } else {
        bytes.append(buffer[index])
        index += 1
      }
    }
    return bytes
  }
}
