import Basics

/// Header lines as people have them: from a raw request, from HTTP/2, or copied from a window that broke them.
struct HeaderLines {
  private(set) var fields: [HeaderField] = []
  /// The request line's target.
  private(set) var target: String?
  private let text: ArraySlice<UInt8>
  private var hasStart = false
  private var hasGap = false
  /// Whether a request line or a status line came first: then an empty line ends the head, and the body follows.
  private var endsAtGap = false
  /// A piece of a name that the next line goes on with.
  private var nameStart: ArraySlice<UInt8>?
  private var lastLength = 0
  private var startsIndented = false

  /// - Parameter text: the lines. What stands behind an empty line and is no header ends them.
  init(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) {
    self.text = text
    var lines = text.lines
    if let parted = Self.parted(lines) { lines = parted }
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      if endsAtGap, hasGap { break }
      guard add(line, next: next) else {
        if hasGap, !fields.isEmpty { break }
        throw .notUnderstood(line, number: index + 1, in: text)
      }
    }
    if !hasStart { unquote() }
  }

  /// Takes one line.
  /// - Returns: whether it is one of a header list.
  private mutating func add(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>?) -> Bool {
    let bare = line.trimmed
    guard !bare.isEmpty else {
      hasGap = hasGap || !fields.isEmpty
      return true
    }
    defer { lastLength = line.count }
    if line.first == 0x20 || line.first == 0x09, !fields.isEmpty, nameStart == nil, !hasGap, !isFieldOfItsOwn(bare) {
      // A folded line (RFC 9112, 5.2) goes on with the value before.
      extend(with: withoutListMark(bare), by: " ")
      return true
    }
    if fields.isEmpty, !hasStart, takeStart(bare) { return true }
    if bare.first == UInt8(ascii: ":"), nameStart == nil { return takePseudoField(bare) }
    let whole = (nameStart ?? []) + bare
    nameStart = nil
    if let (name, value) = Self.parts(of: whole) {
      // The beginning of an object is no header.
      if let last = value.last, "{[(".utf8.contains(last) { return false }
      if fields.isEmpty { startsIndented = line.first == 0x20 || line.first == 0x09 }
      fields.append((name.text, value.text))
      return true
    }
    if let last = fields.last, last.value.isEmpty, !hasGap {
      fields[fields.count - 1].value = withoutListMark(bare).text
      return true
    }
    if isContinuation(bare) {
      extend(with: bare, by: "")
      return true
    }
    if HeaderName.isToken(bare), let next, isName(bare + next.trimmed) {
      nameStart = bare
      return true
    }
    return false
  }

  /// The one item of a list in YAML, below a name without a value.
  private func withoutListMark(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard fields.last?.value.isEmpty == true, line.starts("- ") else { return line }
    let item = line.dropFirst(2).trimmedLine
    return Self.withoutQuotes(item) ?? item
  }

  /// Whether an indented line is a field rather than more of the value before: all are indented, or it names one of Mittr's.
  private func isFieldOfItsOwn(_ line: ArraySlice<UInt8>) -> Bool {
    startsIndented && Self.parts(of: line) != nil || isName(line)
  }

  /// The line that begins a request or an answer.
  private mutating func takeStart(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts("HTTP/") {
      // `curl -v` of an answer: its headers are as good as any.
      (hasStart, endsAtGap) = (true, true)
    } else if let target = RequestLine(line)?.target {
      (hasStart, endsAtGap) = (true, true)
      self.target = target
    }
    return hasStart
  }

  /// The fields of HTTP/2 that stand for a request line begin with a colon.
  private mutating func takePseudoField(_ line: ArraySlice<UInt8>) -> Bool {
    guard let (name, value) = Self.parts(of: line.dropFirst()) else { return false }
    hasStart = true
    if name.elementsEqual("path".utf8) { target = value.text }
    return true
  }

  /// A name and a value, without what lists and texts in Markdown put around them.
  private static func parts(of line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    var line = line
    if line.starts("- ") || line.starts("* ") { line = line.dropFirst(2) }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var name = withoutWideBlanks(line[..<colon])
    var value = withoutWideBlanks(line[(colon + 1)...])
    for mark in ["**", "`", "\"", "'"] where name.starts(with: mark.utf8) && name.count > mark.utf8.count {
      name = name.dropFirst(mark.utf8.count)
      if name.suffix(mark.utf8.count).elementsEqual(mark.utf8) {
        name = name.dropLast(mark.utf8.count)
      } else if value.starts(with: mark.utf8) {
        value = value.dropFirst(mark.utf8.count).trimmedLine
      }
      if mark == "**" || mark == "`", value.first == UInt8(ascii: "`"), value.last == UInt8(ascii: "`"), value.count > 1
      {
        value = value.dropFirst().dropLast()
      }
    }
    return HeaderName.isToken(name) ? (name, value) : nil
  }

  /// Without blanks at both ends, the no-break spaces included that pages and editors make of them.
  private static func withoutWideBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.trimmedLine
    while text.starts(with: [0xC2, 0xA0]) { text = text.dropFirst(2).trimmedLine }
    while text.suffix(2).elementsEqual([0xC2, 0xA0]) { text = text.dropLast(2).trimmedLine }
    return text
  }

  // MARK: Lines that were broken

  private mutating func extend(with piece: ArraySlice<UInt8>, by separator: String) {
    let last = fields.count - 1
    let isSplit =
      fields[last].value.isEmpty
      || Self.isSignatureStart(fields[last].value) && piece.allSatisfy { Hex.value(of: $0) != nil }
    // In place, since a value may go on over any number of lines.
    if !isSplit { fields[last].value += separator }
    fields[last].value += piece.text
  }

  /// Whether a line goes on with the value before because a window was too narrow for it.
  private func isContinuation(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = fields.last, !hasGap, line.allSatisfy({ 0x21...0x7E ~= $0 }) else { return false }
    if Self.isSignatureStart(last.value) { return line.allSatisfy { Hex.value(of: $0) != nil } }
    // What Mittr sends is short: what follows a whole one is the body.
    guard WebhookHeaderName.kind(of: last.name) == nil, line.first != UInt8(ascii: "[") else { return false }
    return lastLength >= 32 && line.count <= lastLength && !line.contains { "{}<>\"'".utf8.contains($0) }
  }

  private static func isSignatureStart(_ value: String) -> Bool {
    value.utf8.starts(with: "v1=".utf8) && value.utf8.count < 67
      && value.utf8.dropFirst(3).allSatisfy { Hex.value(of: $0) != nil }
  }

  private func isName(_ line: ArraySlice<UInt8>) -> Bool {
    guard let (name, _) = Self.parts(of: line) else { return false }
    return [HeaderName.signature, HeaderName.timestamp].contains(name.text.lowercased())
  }

  /// One line may hold both headers: `X-Mittr-Timestamp: 1, X-Mittr-Signature: v1=…`.
  private static func parted(_ lines: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>]? {
    let filled = lines.filter { !$0.trimmed.isEmpty }
    guard filled.count == 1, let line = filled.first?.trimmed, line.firstRange(ignoringCase: "\\n") == nil,
      let first = line.firstRange(ignoringCase: HeaderName.timestamp + ":"),
      let second = line.firstRange(ignoringCase: HeaderName.signature + ":")
    else { return nil }
    let starts = [first.lowerBound, second.lowerBound].sorted()
    let pieces = [line[..<starts[0]], line[starts[0]..<starts[1]], line[starts[1]...]]
    return pieces.map { piece in
      let text = piece.trimmed
      return text.last.map { ",;".utf8.contains($0) } == true ? text.dropLast().trimmed : text
    }.filter { !$0.isEmpty }
  }

  /// Takes quotes off the values, when all have them or it is one of Mittr's: what a tool prints with quotes was sent
  /// without.
  private mutating func unquote() {
    takeOff { text in
      // Go's `%v` and others print the values of a header as a list.
      guard text.count > 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
      return text.dropFirst().dropLast()
    }
    takeOff(Self.withoutQuotes)
  }

  private mutating func takeOff(_ marks: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?) {
    let bare = fields.map { marks(Array($0.value.utf8)[...]) }
    let areQuoted = fields.count > 1 && bare.allSatisfy { $0 != nil }
    for (index, value) in bare.enumerated() where areQuoted || WebhookHeaderName.kind(of: fields[index].name) != nil {
      if let value { fields[index].value = value.text }
    }
  }

  /// Nil when it has none.
  private static func withoutQuotes(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let value = text.last == UInt8(ascii: ",") ? text.dropLast().trimmedLine : text
    guard value.count > 1, value.first == value.last, let quote = value.first, "\"'".utf8.contains(quote) else {
      return nil
    }
    return value.dropFirst().dropLast()
  }
}

/// The first line of a request.
struct RequestLine {
  let target: String
  /// Whether it names the version of HTTP, so that nothing else can be meant.
  let hasVersion: Bool

  static let methods = ["POST", "PUT", "PATCH", "GET", "DELETE", "HEAD", "OPTIONS"]

  init?(_ line: ArraySlice<UInt8>) {
    let words = line.prefix(16_384).split(separator: 0x20)
    guard let first = words.first, words.count >= 2, first.allSatisfy(\.isToken) else { return nil }
    hasVersion = words.count >= 3 && words[words.count - 1].startsIgnoringCase("http/")
    let target = words[1].text
    let isTarget = target.hasPrefix("/") || target.contains("://") || target.hasPrefix("{{")
    guard hasVersion || words.count == 2 && isTarget && Self.methods.contains(first.text) else { return nil }
    self.target = target
  }

  /// The target without scheme and host: a path, and the query if there is one.
  static func originTarget(of target: String) -> String {
    var rest = target[...]
    if let scheme = target.firstRange(of: "://") { rest = target[scheme.upperBound...].drop { $0 != "/" && $0 != "?" } }
    return rest.hasPrefix("/") ? String(rest) : "/" + (rest.isEmpty ? "" : String(rest))
  }
}
