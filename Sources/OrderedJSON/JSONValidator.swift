import Basics

/// One strict pass over JSON text: everything that can be wrong with it is found here, so that what reads it
/// afterwards (`JSONText`) need not look again.
///
/// It reads through a pointer because this pass is the hot path of every filter over a large file: on the way it
/// builds nothing but a tape of where the values stand, if one is wanted.
struct JSONValidator {
  private let base: UnsafePointer<UInt8>
  private let start: Int
  private let end: Int
  private(set) var position: Int
  private(set) var recorder: JSONTapeRecorder

  init(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, recorder: JSONTapeRecorder = .init()) {
    self.base = base
    self.start = start
    self.position = start
    self.end = end
    self.recorder = recorder
  }

  /// Checks one value and the white space around it, up to the end.
  mutating func document() throws(JSONSyntaxError) {
    skipWhitespace()
    let entry = recorder.begin(at: position &- start)
    try value(depth: 0)
    recorder.finish(entry, at: position &- start)
    skipWhitespace()
    if position < end { throw JSONSyntaxError(.trailingContent, at: position) }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) {
    skipWhitespace()
    guard position < end else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
    switch base[position] {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try array(depth: depth + 1)
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw unexpected()
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) {
    try check(depth)
    position += 1
    if skip(UInt8(ascii: "}")) { return }
    var entry: JSONTape.Entry?
    while true {
      skipWhitespace()
      guard position < end, base[position] == UInt8(ascii: "\"") else { throw unexpected() }
      entry = recorder.begin(at: position &- start, after: entry)
      if try string() { recorder.drop() }
      guard skip(UInt8(ascii: ":")) else { throw unexpected() }
      try value(depth: depth)
      recorder.finish(entry, at: position &- start)
      if skip(UInt8(ascii: ",")) { continue }
      guard skip(UInt8(ascii: "}")) else { throw unexpected() }
      return
    }
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) {
    try check(depth)
    position += 1
    if skip(UInt8(ascii: "]")) { return }
    var last: JSONTape.Entry?
    while true {
      skipWhitespace()
      if position < end, base[position] | 0x20 == UInt8(ascii: "{") {
        let entry = recorder.begin(at: position &- start, after: last)
        try value(depth: depth)
        recorder.finish(entry, at: position &- start)
        last = entry
      } else {
        try value(depth: depth)
      }
      if skip(UInt8(ascii: ",")) { continue }
      guard skip(UInt8(ascii: "]")) else { throw unexpected() }
      return
    }
  }

  private func check(_ depth: Int) throws(JSONSyntaxError) {
    guard depth <= JSONValue.maximumDepth else {
      throw JSONSyntaxError(.tooDeep(limit: JSONValue.maximumDepth), at: position)
    }
  }

  private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard position < end else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
      guard base[position] == word.utf8Start[index] else { throw JSONSyntaxError(.invalidLiteral, at: start) }
      position += 1
    }
  }

  mutating func number() throws(JSONSyntaxError) {
    let start = position
    if position < end, base[position] == UInt8(ascii: "-") { position += 1 }
    guard position < end else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
    if base[position] == UInt8(ascii: "0") {
      position += 1
      if position < end, isDigit(base[position]) { throw JSONSyntaxError(.invalidNumber, at: start) }
    } else {
      try digits(from: start)
    }
    if position < end, base[position] == UInt8(ascii: ".") {
      position += 1
      try digits(from: start)
    }
    if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") { position += 1 }
      try digits(from: start)
    }
  }

  private mutating func digits(from start: Int) throws(JSONSyntaxError) {
    guard position < end else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
    guard isDigit(base[position]) else { throw JSONSyntaxError(.invalidNumber, at: start) }
    while position < end, isDigit(base[position]) { position += 1 }
  }

  /// - Returns: whether it has escapes.
  private mutating func string() throws(JSONSyntaxError) -> Bool {
    position += 1
    var hasEscapes = false
    while true {
      // Eight plain bytes at a time: nothing below 0x20, no quote, no backslash, nothing above 0x7F.
      while position &+ 8 <= end {
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        let control = word &- 0x2020_2020_2020_2020
        let quote = (word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
        let backslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
        let marks = (word | control | quote | backslash) & 0x8080_8080_8080_8080
        guard marks == 0 else {
          position &+= UInt64(littleEndian: marks).trailingZeroBitCount >> 3
          break
        }
        position &+= 8
      }
      guard position < end else { throw JSONSyntaxError(.unexpectedEnd, at: position) }
      let byte = base[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return hasEscapes
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try escape()
      case 0x00..<0x20: throw JSONSyntaxError(.controlCharacterInString, at: position)
      case 0x20..<0x80: position += 1
      default: try multibyteScalar()
      }
    }
  }

  private mutating func escape() throws(JSONSyntaxError) {
    // Almost all are of these; of the others more has to be looked at.
    if position + 1 < end {
      switch base[position + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"),
        UInt8(ascii: "r"), UInt8(ascii: "t"):
        position += 2
        return
      default: break
      }
    }
    guard let escape = JSONEscape(in: UnsafeBufferPointer(start: base, count: end), at: position) else {
      let isCut = position + 1 >= end || base[position + 1] == UInt8(ascii: "u") && position + 6 > end
      throw isCut ? JSONSyntaxError(.unexpectedEnd, at: end) : JSONSyntaxError(.invalidEscape, at: position)
    }
    position += escape.length
  }

  /// The well-formed sequences of the Unicode Standard, table 3-7.
  private mutating func multibyteScalar() throws(JSONSyntaxError) {
    let start = position
    let first = base[position]
    let second: ClosedRange<UInt8>
    let length: Int
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw JSONSyntaxError(.invalidUTF8, at: start)
    }
    guard position + length <= end, second ~= base[position + 1] else {
      throw JSONSyntaxError(.invalidUTF8, at: start)
    }
    for index in 2..<max(2, length) where base[position + index] & 0xC0 != 0x80 {
      throw JSONSyntaxError(.invalidUTF8, at: start)
    }
    position += length
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard position < end, base[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipWhitespace() {
    while position < end, isWhitespace(base[position]) { position += 1 }
  }

  private func unexpected() -> JSONSyntaxError {
    position < end
      ? JSONSyntaxError(.unexpectedByte(base[position]), at: position)
      : JSONSyntaxError(.unexpectedEnd, at: position)
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

@inline(__always)
func isWhitespace(_ byte: UInt8) -> Bool {
  byte <= 0x20 && (byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09)
}
