/// Walks over validated JSON text without building anything.
struct JSONCursor {
  private let buffer: UnsafeBufferPointer<UInt8>
  private(set) var position: Int

  init(_ buffer: UnsafeBufferPointer<UInt8>, at position: Int) {
    self.buffer = buffer
    self.position = position
  }

  var byte: UInt8 { buffer[position] }

  mutating func skipWhitespace() {
    while position < buffer.count, isWhitespace(buffer[position]) { position &+= 1 }
  }

  mutating func advance() { position &+= 1 }

  /// - Parameter position: behind the value under the cursor.
  mutating func move(to position: Int) { self.position = position }

  /// Calls `body` with each key and a cursor on its value. A body that reads the value moves the cursor behind it;
  /// a value that was left alone is skipped. This cursor stands on `{` before and behind the matching `}` after.
  mutating func forEachPair(_ body: (RawString, inout JSONCursor) -> Void) {
    advance()
    skipWhitespace()
    while byte != UInt8(ascii: "}") {
      let name = string()
      skipWhitespace()
      advance()
      skipWhitespace()
      let start = position
      body(name, &self)
      finishValue(from: start)
    }
    advance()
  }

  /// Calls `body` with a cursor on each item of an array; otherwise as `forEachPair`.
  mutating func forEachItem(_ body: (inout JSONCursor) -> Void) {
    advance()
    skipWhitespace()
    while byte != UInt8(ascii: "]") {
      let start = position
      body(&self)
      finishValue(from: start)
    }
    advance()
  }

  /// Over the value if nobody read it, a comma if one follows, and the white space around.
  private mutating func finishValue(from start: Int) {
    if position == start { skipValue() }
    skipWhitespace()
    if byte == UInt8(ascii: ",") {
      advance()
      skipWhitespace()
    }
  }

  /// Over the string under the cursor.
  mutating func string() -> RawString {
    position &+= 1
    let start = position
    var hasEscapes = false
    while true {
      while position &+ 8 <= buffer.count, let base = buffer.baseAddress {
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let marks =
          ((quote &- 0x0101_0101_0101_0101) & ~quote | (backslash &- 0x0101_0101_0101_0101) & ~backslash)
          & 0x8080_8080_8080_8080
        guard marks == 0 else {
          position &+= UInt64(littleEndian: marks).trailingZeroBitCount >> 3
          break
        }
        position &+= 8
      }
      switch buffer[position] {
      case UInt8(ascii: "\""):
        position &+= 1
        return RawString(range: start..<position &- 1, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        position &+= 2
      default: position &+= 1
      }
    }
  }

  /// Over the value under the cursor, however deep it is.
  mutating func skipValue() {
    switch byte {
    case UInt8(ascii: "\""): _ = string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      repeat {
        switch byte {
        case UInt8(ascii: "\""):
          _ = string()
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth &-= 1
        default: break
        }
        position &+= 1
      } while depth > 0
    default:
      while position < buffer.count {
        switch buffer[position] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x0A, 0x0D, 0x09: return
        default: position &+= 1
        }
      }
    }
  }
}
