/// A manual page (section 1), in the `man` macros of roff.
package struct ManualPage: Sendable {
  /// An option of the command line.
  package struct Option: Sendable {
    /// As it is written, such as `-o, --output MODE`.
    package let label: String
    package let summary: String

    package init(_ label: String, _ summary: String) {
      self.label = label
      self.summary = summary
    }
  }

  private var text = ""

  /// - Parameter abstract: one line without a full stop, which `apropos` shows.
  package init(name: String, version: String, abstract: String) {
    text = ".TH \(Self.escaped(name.uppercased())) 1 \"\" \"\(Self.escaped(name)) \(Self.escaped(version))\"\n"
    addSection("Name")
    addLine("\(name) \u{2014} \(abstract)")
  }

  package mutating func addSection(_ title: String) { text += ".SH \(Self.escaped(title.uppercased()))\n" }

  /// Lines that are not filled, such as a synopsis or a script.
  package mutating func addLines(_ lines: String) {
    text += ".nf\n"
    for line in lines.split(separator: "\n") { addLine(String(line)) }
    text += ".fi\n"
  }

  package mutating func addParagraph(_ words: String) {
    text += ".PP\n"
    addLine(words.split(separator: "\n").joined(separator: " "))
  }

  /// Paragraphs with empty lines between them. Lines in them that are indented are not filled: lists, and the like.
  package mutating func addText(_ text: String) {
    for paragraph in text.split(separator: "\n\n") {
      var words: [Substring] = []
      var list: [Substring] = []
      for line in paragraph.split(separator: "\n") {
        if line.hasPrefix("  ") { list.append(line) } else { words.append(line) }
      }
      if !words.isEmpty { addParagraph(words.joined(separator: "\n")) }
      if !list.isEmpty { addLines(list.joined(separator: "\n")) }
    }
  }

  package mutating func add(_ options: [Option]) {
    for option in options { addTerm(option.label, option.summary) }
  }

  package mutating func addSubsection(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  /// What belongs to the term before, such as a command's flags.
  package mutating func addIndented(_ options: [Option]) {
    guard !options.isEmpty else { return }
    text += ".RS\n"
    add(options)
    text += ".RE\n"
  }

  package var roff: String { text }

  private mutating func addTerm(_ term: String, _ summary: String) {
    text += ".TP\n.B \(Self.escaped(term))\n"
    addLine(summary)
  }

  private mutating func addLine(_ line: String) {
    // A dot or an apostrophe at the start would make it a request.
    text += (line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" : "") + Self.escaped(line) + "\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      default: result.append(character)
      }
    }
    return result
  }
}
