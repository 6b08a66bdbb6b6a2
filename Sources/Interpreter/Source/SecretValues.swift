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

  /// - Parameter bytes: a text or a piece of one; the spans are places in the whole.
  public init(in bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    while let next = bytes[position...].firstIndex(where: Self.isNameByte) {
      position = next
      let start = position
      position = bytes[position...].firstIndex { !Self.isNameByte($0) } ?? bytes.endIndex
      let name = bytes[start..<position].drop { $0 == UInt8(ascii: "-") }
      let isFlag = name.startIndex > start || Self.endsWithDash(bytes[..<start])
      guard SecretNames.isSecret(String(decoding: name, as: UTF8.self), distance: isFlag ? 2 : 1) else { continue }
      if isFlag { takeFlagValue() } else { takeValue(afterDot: start > bytes.startIndex && bytes[start - 1] == dot) }
    }
  }

  public init(in text: String) { self.init(in: Array(text.utf8)[...]) }

  /// The values as texts.
  public var texts: [String] { spans.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } }

  /// The whole text with `…` for each secret in it.
  public var masked: String { masked(SourceSpan(bytes.startIndex, bytes.endIndex)) }

  /// The text of a piece with `…` for each secret in it, or part of one.
  func masked(_ piece: SourceSpan) -> String {
    var text = ""
    var start = piece.start
    for span in spans where span.end > start && span.start < piece.end {
      text += String(decoding: bytes[start..<max(start, span.start)], as: UTF8.self) + "…"
      start = min(span.end, piece.end)
    }
    return text + String(decoding: bytes[start..<max(start, piece.end)], as: UTF8.self)
  }

  /// A message about the text, without the secrets in it. One of a letter or two would be found everywhere.
  func masked(message: String) -> String {
    Set(texts).filter { $0.utf8.count > 2 }.sorted { $0.utf8.count > $1.utf8.count }
      .reduce(message) { $0.replacing($1, with: "…") }
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
        takeWord { ",;)}]|".utf8.contains($0) }
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

  /// Whether an en or an em dash stands there, which some programs make of two hyphens.
  private static func endsWithDash(_ bytes: ArraySlice<UInt8>) -> Bool {
    [0x93, 0x94].contains { bytes.suffix(3) == [0xE2, 0x80, $0] }
  }
}

private let dot = UInt8(ascii: ".")
private let lineFeed = UInt8(ascii: "\n")

extension SourceText {
  /// The secrets in the lines around a place, further than any error shows of them.
  func secrets(around span: SourceSpan) -> SecretValues {
    let (start, end) = (min(span.start, bytes.count), min(span.end, bytes.count))
    let reach = 64 << 10
    return SecretValues(in: bytes[max(0, start - reach)..<min(bytes.count, end + reach)])
  }
}
