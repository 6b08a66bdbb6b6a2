/// A text with a label before the headers and one before the body: a report (`Headers:` … `Body:` …), a page that was
/// copied, or a line of a log (`headers={…} body=…`).
enum LabelledParts {
  private static let headerLabels = ["headers"]
  private static let bodyLabels = ["body", "raw content", "payload"]

  /// Nil when a label is missing, or when what stands behind it are no headers.
  static func reading(of text: ArraySlice<UInt8>) -> DeliveryReading? {
    guard let signature = text.firstRange(ignoringCase: HeaderName.signature),
      let timestamp = text.firstRange(ignoringCase: HeaderName.timestamp)
    else { return nil }
    let before = min(signature.lowerBound, timestamp.lowerBound)
    let behind = max(signature.upperBound, timestamp.upperBound)
    guard let headers = label(headerLabels, in: text, text.startIndex..<before),
      let body = label(bodyLabels, in: text, behind..<text.endIndex), isBalanced(text[..<body.lowerBound])
    else { return nil }
    // A word before the label, as in "Request body", belongs to it.
    let lineStart = text[..<body.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.startIndex
    let isShort = lineStart > behind && body.lowerBound - lineStart < 24
    let part = text[headers.upperBound..<(isShort ? lineStart : body.lowerBound)].trimmed
    let list = part.last.map { ",;|".utf8.contains($0) } == true ? part.dropLast().trimmed : part
    guard var reading = HeaderDump.found(in: list), reading.hasSignature else { return nil }
    reading.format = "a text with headers and a body"
    reading.bodies = bodies(text[body.upperBound...])
    return reading
  }

  /// What stands behind a label, with and without the white space and the fence around it.
  private static func bodies(_ text: ArraySlice<UInt8>) -> [DeliveryBody] {
    let fenced = TextMarks.fenced(text).first
    var body = text.drop { $0 == 0x20 || $0 == 0x09 }
    if body.first == UInt8(ascii: "\r") { body = body.dropFirst() }
    if body.first == UInt8(ascii: "\n") { body = body.dropFirst() }
    var bodies = (fenced.map { [$0] } ?? []) + [body.trimmed]
    if body.count != body.trimmed.count { bodies.append(body) }
    return bodies.map { DeliveryBody($0) }
  }

  /// The first label in a range.
  private static func label(_ words: [String], in text: ArraySlice<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var first: Range<Int>?
    for word in words {
      var rest = text[range]
      while let found = rest.firstRange(ignoringCase: word) {
        rest = rest[found.upperBound...]
        guard let label = label(at: found, in: text) else { continue }
        if first.map({ label.lowerBound < $0.lowerBound }) != false { first = label }
        break
      }
    }
    return first
  }

  /// A word with a mark behind it, or one that ends a short line of its own, with what makes a heading of it.
  private static func label(at word: Range<Int>, in text: ArraySlice<UInt8>) -> Range<Int>? {
    let isMark: (UInt8) -> Bool = { "#*_ \t".utf8.contains($0) }
    let line = text[..<word.lowerBound].suffix(24)
    let start = line.lastIndex(of: UInt8(ascii: "\n")).map { line[($0 + 1)...] } ?? line
    if let last = start.last, last.isLetter || last.isDigit || "-_.\"'`$".utf8.contains(last) { return nil }
    var rest = text[word.upperBound...]
    rest = rest.dropFirst(rest.prefix(8).prefix(while: isMark).count)
    if let mark = rest.first, "=:".utf8.contains(mark) {
      rest = rest.dropFirst()
      rest = rest.dropFirst(rest.prefix(8).prefix(while: isMark).count)
      return word.lowerBound..<rest.startIndex
    }
    if rest.first == UInt8(ascii: "\r") { rest = rest.dropFirst() }
    guard rest.isEmpty || rest.first == UInt8(ascii: "\n"), start.count < 24,
      start.split(separator: 0x20).filter({ $0.contains { $0.isLetter } }).count <= 1
    else { return nil }
    return word.lowerBound..<rest.startIndex
  }

  /// Whether each bracket was closed: within an open one, the labels are the names of an object's fields.
  private static func isBalanced(_ text: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    for byte in text {
      if "{[".utf8.contains(byte) { depth += 1 }
      if "}]".utf8.contains(byte) { depth -= 1 }
    }
    return depth == 0
  }
}
