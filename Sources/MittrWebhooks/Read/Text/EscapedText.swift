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

  /// Takes what stands behind a backslash.
  static func takeEscape(_ rest: inout ArraySlice<UInt8>, _ result: inout [UInt8]) {
    switch BackslashEscape.take(&rest) {
    case .number(let byte): result.append(byte)
    case .scalar(let scalar): result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    case .loneSurrogate: result += UTF8.encodedReplacementCharacter
    case .nothing: break
    case nil: if let kind = rest.popFirst() { result += [UInt8(ascii: "\\"), kind] }
    }
  }
}
