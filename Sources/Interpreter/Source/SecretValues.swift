import Basics

/// The secrets that a text of the language spells out: the values of flags, keys and variables whose names say so.
///
/// It goes by the text alone, and so finds them as well where the text cannot be parsed: behind `--secret` and what looks
/// like it, and behind `secret:`, `"secret":`, `secret =` and `.secret ==`. What is only named (`$x`, `@file`) is none.
public struct SecretValues {
  /// The values, without quotes, in their order.
  public private(set) var spans: [SourceSpan] = []
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  /// What was decided about the names so far: keys come again and again.
  private var decided: [ArraySlice<UInt8>: Bool] = [:]

  /// - Parameter bytes: a text or a piece of one; the spans are places in the whole.
  public init(in bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    while let word = nextName() {
      let name = Self.withoutDashes(bytes[word])
      let isFlag = name.startIndex > word.lowerBound
      // Most words are followed by no value: that is seen sooner than what a name means.
      guard isFlag || mayHaveValue, isSecret(name, distance: isFlag ? 2 : 1) else { continue }
      let isBehindDot = word.lowerBound > bytes.startIndex && bytes[word.lowerBound - 1] == dot
      if isFlag { takeFlagValue() } else { takeValue(afterDot: isBehindDot) }
    }
  }

  /// Goes behind the next word whose letters may be those of a secret's name: every word of a script is looked at, and few
  /// have them.
  private mutating func nextName() -> Range<Int>? {
    let base = bytes.startIndex
    var index = position - base
    let word = bytes.withUnsafeBufferPointer { bytes -> Range<Int>? in
      while index < bytes.count {
        let start = index
        var letters: UInt32 = 0
        while index < bytes.count, Self.isNameByte(bytes[index]) {
          letters |= SecretNames.letters(of: bytes[index])
          index += 1
        }
        if letters != 0, SecretNames.mayBeSecret(letters: letters) { return start..<index }
        if index == start { index += 1 }
      }
      return nil
    }
    position = base + index
    return word.map { base + $0.lowerBound..<base + $0.upperBound }
  }

  public init(in text: String) { self.init(in: Array(text.utf8)[...]) }

  /// The values as texts.
  public var texts: [String] { spans.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } }

  /// The whole text with `…` for each secret in it.
  public var masked: String { masked(SourceSpan(bytes.startIndex, bytes.endIndex)) }

  /// The text of a piece with `…` for each secret in it, or part of one; as far as it was looked at.
  func masked(_ piece: SourceSpan) -> String {
    var text = ""
    var start = max(piece.start, bytes.startIndex)
    let end = min(piece.end, bytes.endIndex)
    for span in occurrences where span.end > start && span.start < end {
      text += String(decoding: bytes[start..<max(start, span.start)], as: UTF8.self) + "…"
      start = min(span.end, end)
    }
    return text + String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
  }

  /// Where the secrets stand, and where their values stand once more: behind a parameter that does not hide them.
  private var occurrences: [SourceSpan] {
    var found = spans
    // A person types one or two; a text that is full of them is not worth more work.
    for value in Set(spans.prefix(16).map { bytes[$0.start..<$0.end] }) where value.count > 2 {
      var rest = bytes[...]
      while let range = rest.firstRange(of: value) {
        found.append(SourceSpan(range.lowerBound, range.upperBound))
        rest = rest[range.upperBound...]
      }
    }
    return found.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
  }

  /// A message about the text, without the secrets in it. One of a letter or two would be found everywhere.
  func masked(message: String) -> String {
    Set(texts).filter { $0.utf8.count > 2 }.sorted { $0.utf8.count > $1.utf8.count }
      .reduce(message) { $0.replacing($1, with: "…") }
  }

  private mutating func isSecret(_ name: ArraySlice<UInt8>, distance: Int) -> Bool {
    guard name.count <= SecretNames.longest else { return false }
    let key = name + [UInt8(distance)]
    if let known = decided[key] { return known }
    let isSecret = SecretNames.isSecret(String(decoding: name, as: UTF8.self), distance: distance)
    decided[key] = isSecret
    return isSecret
  }

  /// Whether what follows a name is a closing quote, a sign or a text.
  private var mayHaveValue: Bool {
    let next = bytes[position...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return next.map { ":=!~<>\"'".utf8.contains($0) } ?? false
  }

  // MARK: Values

  private mutating func takeFlagValue() {
    if current == UInt8(ascii: "=") || current == UInt8(ascii: ":") { position += 1 }
    skipBlanks()
    guard let byte = current, !bytes[position...].starts(with: "--".utf8), !isReference(byte) else { return }
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: ";"), lineFeed: return
    default: takeWord { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ")") }
    }
  }

  /// Behind a key or a variable: what stands behind `:`, `=` or a comparison, and a text right behind a path.
  private mutating func takeValue(afterDot: Bool) {
    if let byte = current, Self.isQuote(byte) { position += 1 }
    skipBlanks()
    let start = position
    while let byte = current, ":=!~<>".utf8.contains(byte) { position += 1 }
    let isKey = position == start + 1 && bytes[start] == UInt8(ascii: ":")
    guard position > start || afterDot else { return }
    skipBlanks(andLines: isKey)
    if position == start, let byte = current, !Self.isQuote(byte) { return }
    while let byte = current, !",;)}]|".utf8.contains(byte), byte != lineFeed {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        position += 1
      } else if isReference(byte) {
        position = bytes[position...].firstIndex { !Self.isNameByte($0) && $0 != byte && $0 != dot } ?? bytes.endIndex
      } else if isKey || Self.isQuote(byte) || "([{".utf8.contains(byte) || isDigit(byte) {
        takeWord { ",;)}]|\"'".utf8.contains($0) }
      } else {
        // A command, or an operator.
        position = bytes[position...].firstIndex { !Self.isNameByte($0) } ?? bytes.endIndex
        if current == byte { position += 1 }
      }
    }
  }

  /// Takes what stands together: a text in quotes, what brackets enclose, or a bare word.
  private mutating func takeWord(isEnd: (UInt8) -> Bool) {
    guard let first = current else { return }
    let start = position
    if "([{".utf8.contains(first) {
      let isClosed = skipBrackets()
      return add(start + 1, isClosed ? position - 1 : position)
    }
    if Self.isQuote(first) {
      skipText()
      let isClosed = position > start + 1 && bytes[position - 1] == first
      if current.map({ isEnd($0) || Self.isBlank($0) }) ?? true {
        return add(start + 1, isClosed ? position - 1 : position)
      }
    }
    position =
      bytes[position...].firstIndex { isEnd($0) || Self.isBlank($0) } ?? bytes.endIndex
    let word = bytes[start..<position]
    if !["true", "false", "null"].contains(String(decoding: word, as: UTF8.self)) { add(start, position) }
  }

  private mutating func add(_ start: Int, _ end: Int) {
    if end > start { spans.append(SourceSpan(start, end)) }
  }

  /// To behind the text that begins here; one that is not closed ends with its line.
  private mutating func skipText() {
    guard let quote = current else { return }
    position += 1
    while let byte = current, byte != quote {
      guard byte != lineFeed else { return }
      position += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
    }
    position = min(position + 1, bytes.endIndex)
  }

  /// - Returns: whether they are closed; else it goes to the end of all.
  private mutating func skipBrackets() -> Bool {
    var depth = 0
    while let byte = current {
      if Self.isQuote(byte) {
        skipText()
        continue
      }
      position += 1
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) { depth -= 1 }
      if depth == 0 { return true }
    }
    return false
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipBlanks(andLines: Bool = false) {
    while let byte = current {
      if Self.isBlank(byte), andLines || byte != lineFeed {
        position += 1
      } else if bytes[position...].starts(with: "\\\n".utf8) {
        position += 2
      } else {
        return
      }
    }
  }

  private func isReference(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "$") || byte == UInt8(ascii: "@") || byte == dot
  }

  private static func isNameByte(_ byte: UInt8) -> Bool { isWordByte(byte) || byte == UInt8(ascii: "-") }
  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte }

  /// The name behind hyphens, or behind the en or em dash that some programs make of two of them.
  private static func withoutDashes(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isDash = word.starts(with: [0xE2, 0x80, 0x93]) || word.starts(with: [0xE2, 0x80, 0x94])
    return (isDash ? word.dropFirst(3) : word).drop { $0 == UInt8(ascii: "-") }
  }
}

private let dot = UInt8(ascii: ".")
private let lineFeed = UInt8(ascii: "\n")

extension SourceText {
  /// The secrets in the lines around a place, further than any error shows of them.
  func secrets(around span: SourceSpan) -> SecretValues {
    let (start, end) = (min(span.start, bytes.count), min(span.end, bytes.count))
    let reach = 4 << 10
    return SecretValues(in: bytes[max(0, start - reach)..<min(bytes.count, end + reach)])
  }
}
