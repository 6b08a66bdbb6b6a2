import Basics

/// Text in lines that fit a terminal, of 80 columns unless it is said.
enum TextLayout {
  static let width = 80

  /// Words in lines, broken at white space. Paragraphs (an empty line between them) stay apart.
  ///
  /// - Parameters:
  ///   - first: what stands before the first word, such as a label.
  ///   - indent: the columns before the first word of every further line.
  ///   - keepsSpaces: whether several spaces stay several where the line is not broken: in what may be copied.
  static func filled(
    _ text: String, first: String = "", indent: Int = 0, width: Int = width, keepsSpaces: Bool = false
  ) -> String {
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
      let words = paragraph.split(omittingEmptySubsequences: !keepsSpaces) { $0 == " " || $0 == "\n" }
      for word in words where !(word.isEmpty && isStart && !lines.isEmpty) {
        if !isStart, DisplayWidth.width(line) + 1 + DisplayWidth.width(String(word)) > width { finish() }
        line += (isStart ? "" : " ") + word
        isStart = false
      }
    }
    finish()
    return lines.map { $0 + "\n" }.joined()
  }

  /// Names in lines, each whole, the further lines under the first name. Names of one word are one space apart.
  static func listed(_ names: [String], title: String, indent: Int) -> String {
    var lines: [String] = []
    var line = title.padded(to: indent)
    var isStart = true
    var previous = ""
    for name in names {
      let gap = name.contains(" ") || previous.contains(" ") ? "  " : " "
      previous = name
      if !isStart, line.count + gap.count + name.count > width {
        lines.append(line)
        line = "".padded(to: indent)
        isStart = true
      }
      line += (isStart ? "" : gap) + name
      isStart = false
    }
    lines.append(line)
    return lines.map { $0.trimmedEnd() + "\n" }.joined()
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.width(self)))
  }

  func trimmedEnd() -> String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
