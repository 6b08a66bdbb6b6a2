import Basics

/// What people's tools put around a text: a byte order mark, another encoding, a fence, marks before each line.
enum TextMarks {
  /// The text in UTF-8 without a byte order mark. What has none is left as it is, body included.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.first, first >= 0xEF else { return bytes }
    return TextDecoder.decoded(Array(bytes))[...]
  }

  /// What stands in the fences of a text in Markdown; empty when there are none.
  static func fenced(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var open: (mark: UInt8, start: Int)?
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      let line = text[start..<end].trimmed
      let mark = line.starts("```") ? UInt8(ascii: "`") : line.starts("~~~") ? UInt8(ascii: "~") : 0
      if let fence = open, fence.mark == mark, line.allSatisfy({ $0 == mark }) {
        parts.append(withoutLastBreak(text[fence.start..<start]))
        open = nil
      } else if open == nil, mark != 0 {
        open = (mark, min(end + 1, text.endIndex))
      }
      start = end + 1
    }
    if let fence = open { parts.append(withoutLastBreak(text[fence.start...])) }
    return parts.filter { !$0.isEmpty }
  }

  /// The text without the marks of a quotation; nil when some line has none.
  static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.firstLine.line.first == UInt8(ascii: ">") else { return nil }
    return mapLines(text) { line in
      if line.trimmed.isEmpty { return line.suffix(0) }
      let start = line.drop { $0 == 0x20 }
      guard start.first == UInt8(ascii: ">") else { return nil }
      return start.dropFirst(start.dropFirst().first == 0x20 ? 2 : 1)
    }
  }

  /// The text without the white space that all its lines begin with; nil when they do not begin with any.
  static func unindented(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var margin: ArraySlice<UInt8>?
    for line in text.lines where !line.trimmed.isEmpty {
      let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }
      margin = margin.map { common($0, blanks) } ?? blanks
      if margin?.isEmpty != false { return nil }
    }
    guard let margin else { return nil }
    return mapLines(text) { line in line.trimmed.isEmpty ? line.suffix(0) : line.dropFirst(margin.count) }
  }

  /// What `curl -v` sent, without its marks; nil for any other text. What it sent as a body it does not print.
  static func sentByCurl(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let lines = text.lines
    guard lines.contains(where: { $0.starts("* ") || $0.starts("< ") || $0.starts("{ [") || $0.starts("} [") }) else {
      return nil
    }
    for mark in [UInt8(ascii: ">"), UInt8(ascii: "<")] {
      let marked = lines.filter { $0 == [mark] || $0.starts(with: [mark, 0x20]) }
      if !marked.isEmpty { return Array(marked.map { Array($0.dropFirst(2)) }.joined(separator: [0x0A]))[...] }
    }
    let rest = lines.filter { !$0.starts("* ") && $0 != [UInt8(ascii: "*")] }
    return Array(rest.joined(separator: [0x0A]))[...]
  }

  /// The lines that end in a written-out `\r\n`, as Wireshark shows those of a request, without it; nil when there are no
  /// two of them.
  static func withWrittenBreaks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let mark = "\\r\\n".utf8
    guard text.firstRange(ignoringCase: "\\r\\n") != nil else { return nil }
    let lines = text.lines.map(\.trimmed).filter { $0.suffix(mark.count).elementsEqual(mark) }
    guard lines.count >= 2 else { return nil }
    return Array(lines.map { $0.dropLast(mark.count) }.joined(separator: [0x0A]))[...]
  }

  private static func common(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let count = zip(first, second).prefix { $0 == $1 }.count
    return first.prefix(count)
  }

  private static func withoutLastBreak(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    return text
  }

  /// Each line changed, with what ended it behind it; nil when one cannot be.
  private static func mapLines(
    _ text: ArraySlice<UInt8>, _ change: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?
  ) -> ArraySlice<UInt8>? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      let hasReturn = end > start && text[end - 1] == UInt8(ascii: "\r")
      guard let line = change(text[start..<(hasReturn ? end - 1 : end)]) else { return nil }
      result += line
      if hasReturn { result.append(UInt8(ascii: "\r")) }
      if end < text.endIndex { result.append(UInt8(ascii: "\n")) }
      start = end + 1
    }
    return result[...]
  }
}
