/// Text in lines that fit a terminal of 80 columns.
enum TextLayout {
  static let width = 80

  /// Words in lines, broken at white space. Paragraphs (an empty line between them) stay apart.
  ///
  /// - Parameters:
  ///   - first: what stands before the first word, such as a label.
  ///   - indent: the columns before the first word of every further line.
  static func filled(_ text: String, first: String = "", indent: Int = 0) -> String {
    var lines: [String] = []
    var line = first
    var isStart = true
    func finish() {
      lines.append(line.trimmedEnd())
      line = "".padded(to: indent)
      isStart = true
    }
    for (number, paragraph) in text.split(separator: "\n\n").enumerated() {
      if number > 0 {
        finish()
        lines.append("")
      }
      for word in paragraph.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        if !isStart, TerminalText.width(line) + 1 + TerminalText.width(String(word)) > width { finish() }
        line += (isStart ? "" : " ") + word
        isStart = false
      }
    }
    finish()
    return lines.map { $0 + "\n" }.joined()
  }

  /// Names in lines, each whole: two spaces apart, the further lines under the first name.
  static func listed(_ names: [String], title: String, indent: Int) -> String {
    var lines: [String] = []
    var line = title.padded(to: indent)
    var isStart = true
    for name in names {
      if !isStart, line.count + 2 + name.count > width {
        lines.append(line)
        line = "".padded(to: indent)
        isStart = true
      }
      line += (isStart ? "" : "  ") + name
      isStart = false
    }
    lines.append(line)
    return lines.map { $0.trimmedEnd() + "\n" }.joined()
  }

  /// A script as an example shows it: a pipeline that is too long for a line goes on in the next ones.
  static func script(_ script: String, indent: Int) -> String {
    let margin = "".padded(to: indent)
    return script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      pieces(String(line), width: width - indent).enumerated().map { number, piece in
        margin + (number == 0 ? "" : "  ") + piece + "\n"
      }.joined()
    }.joined()
  }

  /// The line broken before as few `|` as will do; only before those outside brackets and strings.
  private static func pieces(_ line: String, width: Int) -> [String] {
    guard TerminalText.width(line) > width else { return [line] }
    let bytes = Array(line.utf8)
    var stages: [String] = []
    var (start, open) = (0, 0)
    for token in Lexer.tokens(bytes, in: 0..<bytes.count) {
      switch token.kind {
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis: open -= 1
      case .pipe where open == 0:
        stages.append(String(decoding: bytes[start..<token.span.start], as: UTF8.self).trimmedEnd())
        start = token.span.start
      default: break
      }
    }
    stages.append(String(decoding: bytes[start...], as: UTF8.self))
    var pieces: [String] = []
    for stage in stages {
      guard let last = pieces.last, TerminalText.width(last) + TerminalText.width(stage) + 3 <= width else {
        pieces.append(stage)
        continue
      }
      pieces[pieces.count - 1] += " " + stage
    }
    return pieces
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - TerminalText.width(self)))
  }

  func trimmedEnd() -> String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
