/// Help, read from the declarations: an overview, and a page for each command.
public enum HelpPage {
  /// The usage line: `events list [--status WORD] …`.
  static func usage(of command: Command) -> String {
    var words = [command.name]
    for parameter in command.parameters where !parameter.isFlagLike {
      let name = parameter.shape == .block ? "{ … }" : parameter.name.uppercased()
      let word = parameter.form == .variadic ? "\(name)…" : name
      words.append(parameter.isRequired ? word : "[\(word)]")
    }
    for parameter in command.parameters where parameter.isFlagLike && parameter.isRequired {
      words.append("\(parameter.label) \(parameter.shape.placeholder)")
    }
    if command.parameters.contains(where: { $0.isFlagLike && !$0.isRequired }) { words.append("[flags]") }
    return words.joined(separator: " ")
  }

  /// All commands on one screen: a line for each topic's names, then where to go on.
  public static func overview(of registry: CommandRegistry) -> String {
    var topics: [Topic] = []
    for command in registry.commands where !topics.contains(command.topic) { topics.append(command.topic) }
    var text = ""
    for topic in topics {
      let names = registry.commands.filter { $0.topic == topic }.map { $0.name }
      text += wrapped(names, title: topic.title)
    }
    return text + """

      help COMMAND    what a command takes and yields, with examples
      a | b           the items of a go to b, one at a time
      let x = …       keep a result; $x uses it; . is the item in where and each

      """
  }

  private static func wrapped(_ names: [String], title: String) -> String {
    let indent = 14
    var lines: [String] = []
    var line = title.padded(to: indent)
    for name in names {
      let piece = name + "  "
      if line.count + name.count > 78 {
        lines.append(line)
        line = "".padded(to: indent)
      }
      line += piece
    }
    lines.append(line)
    return lines.map { $0.trimmedEnd() + "\n" }.joined()
  }

  /// The page of one command.
  public static func page(of command: Command) -> String {
    var text = "\(command.name): \(command.summary)\n\n  \(usage(of: command))\n"
    text += "\nInput   \(input(of: command))\nResult  \(result(of: command))\n"
    if !command.discussion.isEmpty { text += "\n\(filled(command.discussion))" }
    let widest = command.parameters.map { label(of: $0).count }.max() ?? 0
    if !command.parameters.isEmpty { text += "\n" }
    for parameter in command.parameters {
      var line = "  \(label(of: parameter).padded(to: min(widest, 30) + 2))\(parameter.summary)"
      if let fallback = parameter.defaultText { line += " (default: \(fallback))" }
      text += line + "\n"
    }
    if command.requests != nil { text += "\n  --\(Command.explainFlag)  \(Command.explainSummary)\n" }
    if !command.examples.isEmpty { text += "\nExamples\n" }
    for example in command.examples { text += "  # \(example.explanation)\n  \(example.script)\n" }
    return text
  }

  /// Words in lines that fit a narrow window.
  private static func filled(_ text: String) -> String {
    var lines: [String] = [""]
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if lines[lines.count - 1].count + word.count > 76 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func label(of parameter: ParameterDeclaration) -> String {
    switch parameter.form {
    case .positional, .variadic: parameter.label
    case .flag: parameter.label
    case .option, .repeatedOption: "\(parameter.label) \(parameter.shape.placeholder)"
    }
  }

  private static func input(of command: Command) -> String {
    switch command.input {
    case .none: "nothing; it starts a pipeline"
    case .optional: "items from the pipe, or none"
    case .required: "items from the pipe"
    }
  }

  private static func result(of command: Command) -> String {
    let kind = command.itemKind?.name
    return switch command.result {
    case .nothing: "nothing"
    case .value: kind.map { "one \($0)" } ?? "one value"
    case .stream: kind.map { "a stream: \($0) records" } ?? "a stream"
    case .asInput: "one value for one value, a stream for a stream"
    }
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
