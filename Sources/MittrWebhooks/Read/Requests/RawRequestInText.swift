/// A raw request in a text that begins with something else: a log, an editor's file of requests, a dump of packets.
enum RawRequestInText {
  static func request(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      if let begin = begin(of: text[start..<end], before: text[end...].dropFirst()) {
        return begin > text.startIndex ? text[begin...] : nil
      }
      start = end + 1
    }
    return nil
  }

  /// Where requests begin in a text whose lines are looked at one by one, each with its headers below it.
  static func starts(in text: ArraySlice<UInt8>) -> [Int] {
    var starts: [Int] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      if RequestLine(text[start..<end].trimmed) != nil, isHeader(text[end...].dropFirst()) { starts.append(start) }
      start = end + 1
    }
    return starts
  }

  /// Where a request begins in a line; nil when it does not.
  private static func begin(of line: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>) -> Int? {
    let line = line.prefix(16_384)
    let bare = line.trimmed
    if let request = RequestLine(bare), request.hasVersion || isHeader(rest) { return line.startIndex }
    // Behind the marks of a program that prints what it sends, or the bytes of a packet.
    guard endsWithVersion(bare), isHeader(rest) else { return nil }
    return RequestLine.methods.lazy.compactMap { method in
      bare.firstRange(ignoringCase: method.lowercased() + " ")?.lowerBound
    }.first { RequestLine(bare[$0...]) != nil }
  }

  private static func endsWithVersion(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.suffix(10)
    guard let mark = word.firstRange(ignoringCase: " http/") else { return false }
    let version = word[mark.upperBound...]
    return !version.isEmpty && version.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }

  private static func isHeader(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.prefix(4096).prefix { $0 != UInt8(ascii: "\n") }
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    return name.count < line.count && HeaderName.isToken(name.trimmedLine)
  }
}
