/// The manual page (section 1), in the `man` macros of roff, from the declarations.
public struct ManualPage: Sendable {
  /// An option of the command line.
  public struct Option: Sendable {
    /// As it is written, such as `-o, --output MODE`.
    public let label: String
    public let summary: String

    public init(_ label: String, _ summary: String) {
      self.label = label
      self.summary = summary
    }
  }

  private var text = ""

  /// - Parameter abstract: one line without a full stop, which `apropos` shows.
  public init(name: String, version: String, abstract: String) {
    text = ".TH \(Self.escaped(name.uppercased())) 1 \"\" \"\(Self.escaped(name)) \(Self.escaped(version))\"\n"
    addSection("Name")
    addLine("\(name) \u{2014} \(abstract)")
  }

  public mutating func addSection(_ title: String) { text += ".SH \(Self.escaped(title.uppercased()))\n" }

  /// Lines that are not filled, such as a synopsis or a script.
  public mutating func addLines(_ lines: String) {
    text += ".nf\n"
    for line in lines.split(separator: "\n") { addLine(String(line)) }
    text += ".fi\n"
  }

  public mutating func addParagraph(_ words: String) {
    text += ".PP\n"
    addLine(words.split(separator: "\n").joined(separator: " "))
  }

  public mutating func add(_ options: [Option]) {
    for option in options { addTerm(option.label, option.summary) }
  }

  /// What each command takes, group by group.
  public mutating func add(_ registry: CommandRegistry) {
    var topics: [Topic] = []
    for command in registry.commands where !topics.contains(command.topic) { topics.append(command.topic) }
    for topic in topics {
      text += ".SS \(Self.escaped(topic.title))\n"
      for command in registry.commands where command.topic == topic { add(command) }
    }
  }

  public var roff: String { text }

  private mutating func add(_ command: Command) {
    addTerm(command.usage, command.summary)
    let flags = command.parameters.filter { $0.isFlagLike }
    guard !flags.isEmpty else { return }
    text += ".RS\n"
    for flag in flags {
      addTerm(flag.form == .flag ? flag.label : "\(flag.label) \(flag.shape.placeholder)", flag.summary)
    }
    text += ".RE\n"
  }

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
