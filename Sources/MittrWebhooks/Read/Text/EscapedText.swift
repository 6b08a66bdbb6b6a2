import Basics

/// A request that a program printed as one string, with its line breaks written out.
enum EscapedText {
  /// The request itself: `POST /hook HTTP/1.1\r\nHost: …`, with or without quotes; nil for any other text.
  static func request(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let line = text.trimmed
    guard !line.contains(UInt8(ascii: "\n")), line.firstRange(ignoringCase: "\\n") != nil,
      let version = line.firstRange(ignoringCase: " http/"), version.lowerBound - line.startIndex < 4096
    else { return nil }
    // `send: b'POST …'`, as Python's http.client has it.
    let start = line[..<version.lowerBound].lastIndex { "\"'".utf8.contains($0) }
    let quote = start.map { line[$0] }
    let from = start.map { $0 + 1 } ?? line.startIndex
    let rest = line[from...]
    var end = rest.endIndex
    if let quote, let close = rest.lastIndex(of: quote) { end = close }
    let bytes = unescaped(rest[..<end])
    return bytes[...].firstRange(ignoringCase: "\n") == nil ? nil : bytes[...]
  }

  /// What stands for the escapes that JavaScript, Python, Ruby, PHP, C and a shell's `$'…'` share. An escape that none of
  /// them has is kept as it is.
  static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), !rest.isEmpty { takeEscape(&rest, &result) } else { result.append(byte) }
    }
    return result
  }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "a"): 0x07, UInt8(ascii: "e"): 0x1B,
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "`"): UInt8(ascii: "`"), UInt8(ascii: "/"): UInt8(ascii: "/"),
    UInt8(ascii: "$"): UInt8(ascii: "$"), UInt8(ascii: "?"): UInt8(ascii: "?"), UInt8(ascii: "#"): UInt8(ascii: "#"),
  ]

  /// Takes what stands behind a backslash.
  static func takeEscape(_ rest: inout ArraySlice<UInt8>, _ result: inout [UInt8]) {
    guard let kind = rest.popFirst() else { return }
    switch kind {
    case UInt8(ascii: "x"):
      guard let value = takeNumber(&rest, radix: 16, digits: 1...2) else {
        result += [0x5C, kind]
        return
      }
      result.append(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = Int(kind - UInt8(ascii: "0"))
      for _ in 0..<2 { if let digit = takeNumber(&rest, radix: 8, digits: 1...1) { value = value * 8 + digit } }
      result.append(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      guard let scalar = takeScalar(&rest, isLong: kind == UInt8(ascii: "U")) else {
        result += [0x5C, kind]
        return
      }
      result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"): if kind == 0x0D, rest.first == 0x0A { rest.removeFirst() }
    default: if let byte = simple[kind] { result.append(byte) } else { result += [0x5C, kind] }
    }
  }

  /// `\uXXXX` twice for what is above them, `\u{…}`, or `\UXXXXXXXX`.
  private static func takeScalar(_ rest: inout ArraySlice<UInt8>, isLong: Bool) -> Unicode.Scalar? {
    if rest.first == UInt8(ascii: "{") {
      var inner = rest.dropFirst()
      guard let value = takeNumber(&inner, radix: 16, digits: 1...6), inner.first == UInt8(ascii: "}") else {
        return nil
      }
      rest = inner.dropFirst()
      return Unicode.Scalar(UInt32(value))
    }
    guard let value = takeNumber(&rest, radix: 16, digits: isLong ? 8...8 : 4...4) else { return nil }
    guard 0xD800..<0xDC00 ~= value, rest.starts("\\u") else { return Unicode.Scalar(UInt32(truncatingIfNeeded: value)) }
    var behind = rest.dropFirst(2)
    guard let low = takeNumber(&behind, radix: 16, digits: 4...4), 0xDC00..<0xE000 ~= low else { return nil }
    rest = behind
    return Unicode.Scalar(UInt32(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)))
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>, radix: Int, digits: ClosedRange<Int>) -> Int? {
    let text = rest.prefix(digits.upperBound).prefix { Hex.value(of: $0).map { Int($0) < radix } == true }
    guard text.count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(text.count)
    return text.reduce(0) { $0 * radix + Int(Hex.value(of: $1) ?? 0) }
  }
}
