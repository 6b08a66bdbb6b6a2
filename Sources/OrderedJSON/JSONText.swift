import Basics

/// The text of one valid value inside a larger text, read only where it is asked.
///
/// A parsed object keeps such a piece instead of a tree: a key is looked up on the text's tape or, where there is none, by
/// reading the piece, and what nobody asks for is never built. The text was validated before, so that reading takes no wrong
/// turn.
struct JSONText: Sendable {
  private let source: JSONSource
  let range: Range<Int>

  init(source: JSONSource, range: Range<Int>) {
    self.source = source
    self.range = range
  }

  var bytes: [UInt8] { source.bytes }

  /// The value of the last pair with this key, for an object's text.
  func value(forKey key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { sought in
      bytes.withUnsafeBufferPointer { buffer in
        if let object = source.tape.entry(at: range.lowerBound - source.start) {
          return value(forKey: sought, in: buffer, of: object)
        }
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

  /// The same with a tape.
  private func value(
    forKey sought: UnsafeBufferPointer<UInt8>, in buffer: UnsafeBufferPointer<UInt8>, of object: JSONTape.Entry
  ) -> JSONValue? {
    let tape = source.tape
    var found: JSONTape.Entry?
    var next = tape.first(in: object)
    while let entry = next {
      let start = source.start &+ tape.start(of: entry) &+ 1
      let end = start &+ sought.count
      if end < buffer.count, buffer[end] == UInt8(ascii: "\""),
        (0..<sought.count).allSatisfy({ buffer[start &+ $0] == sought[$0] })
      {
        found = entry
      }
      next = tape.next(after: entry)
    }
    // No key has a quotation mark where there are no escapes.
    guard let found, !sought.contains(UInt8(ascii: "\"")) else { return nil }
    var cursor = JSONCursor(buffer, at: source.start + tape.start(of: found) + 1 + sought.count + 1)
    cursor.skipWhitespace()
    cursor.advance()
    cursor.skipWhitespace()
    return read(&cursor, in: buffer, entry: found)
  }

  /// Every pair in the order of the text, duplicates included, for an object's text.
  func forEachPair(_ body: (JSONKey, JSONValue) -> Void) {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = JSONCursor(buffer, at: range.lowerBound)
      var next = source.tape.entry(at: range.lowerBound - source.start).flatMap(source.tape.first)
      cursor.forEachPair { name, value in
        let entry = next
        next = entry.flatMap(source.tape.next)
        body(name.key(in: buffer), read(&value, in: buffer, entry: entry))
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
      guard cursor.byte == UInt8(ascii: "{") else { return read(&cursor, in: buffer, entry: source.tape.root) }
      // An object ends where the piece does, but for white space: it is read through only when something is asked of it.
      var end = buffer.count
      while isWhitespace(buffer[end - 1]) { end -= 1 }
      return .object(JSONObject(JSONText(source: source, range: cursor.position..<end)))
    }
  }

  /// A copy that shares nothing with the larger text, when that text is much larger; and that has no tape in any case, for
  /// what is kept is to take little memory.
  func detached() -> JSONText {
    guard bytes.count > 2 * range.count + 64 else {
      return source.tape.root == nil ? self : JSONText(source: JSONSource(bytes), range: range)
    }
    return JSONText(source: JSONSource(Array(bytes[range])), range: 0..<range.count)
  }

  /// Reads the value under the cursor and moves behind it.
  /// - Parameter entry: the value's on the tape, if it has one.
  private func read(
    _ cursor: inout JSONCursor, in buffer: UnsafeBufferPointer<UInt8>, entry: JSONTape.Entry? = nil
  ) -> JSONValue {
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "\""):
      let string = cursor.string()
      let spelling = string.hasEscapes ? JSONSpelling(decoding: buffer[start..<cursor.position]) : nil
      return .string(string.decoded(in: buffer), spelling: spelling)
    case UInt8(ascii: "["):
      var items: [JSONValue] = []
      var next = entry.flatMap(source.tape.first)
      cursor.forEachItem { item in
        if let inner = next, item.position == source.start + source.tape.start(of: inner) {
          items.append(read(&item, in: buffer, entry: inner))
          next = source.tape.next(after: inner)
        } else {
          items.append(read(&item, in: buffer))
        }
      }
      return .array(items)
    case UInt8(ascii: "{"):
      if let entry { cursor.move(to: source.start + source.tape.end(of: entry)) } else { cursor.skipValue() }
      return .object(JSONObject(JSONText(source: source, range: start..<cursor.position)))
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

/// The text that others are pieces of, with what was noted when it was checked.
final class JSONSource: Sendable {
  let bytes: [UInt8]
  /// Where the text begins in the bytes; the tape's offsets count from there.
  let start: Int
  let tape: JSONTape

  init(_ bytes: [UInt8], from start: Int = 0, tape: JSONTape = JSONTape()) {
    self.bytes = bytes
    self.start = start
    self.tape = tape
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
