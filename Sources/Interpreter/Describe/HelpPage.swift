import Basics

/// Help, read from the declarations: an overview, and a page for each command and group.
public enum HelpPage {
  /// All commands on one screen: a line or a few for each topic's names, then where to go on.
  public static func overview(of registry: CommandRegistry) -> String {
    let indent = 15
    var text = ""
    var line: (text: String, isOpen: Bool) = ("", false)
    for topic in registry.topics {
      let listed = TextLayout.listed(names(in: topic, of: registry), title: topic.title, indent: indent)
      // Two short topics share a line.
      let isShort = listed.count { $0 == "\n" } == 1
      let entry = "   \(topic.title) \(listed.dropFirst(indent).dropLast())"
      if line.isOpen, isShort, DisplayWidth.width(line.text + entry) <= TextLayout.width {
        text += entry + "\n"
        line.isOpen = false
        continue
      }
      if line.isOpen { text += "\n" }
      text += isShort ? String(listed.dropLast()) : listed
      line = (isShort ? String(listed.dropLast()) : "", isShort)
    }
    if line.isOpen { text += "\n" }
    text += TextLayout.listed(Parser.statementWords, title: "Statements", indent: indent)
    let topics = ["language", "errors"] + registry.helpTopics.map { $0.name }
    return text + TextLayout.listed(topics, title: "help TOPIC", indent: indent)
      + "help WORD      explains a command or a statement, or finds what fits the word\n"
      + steps(registry.vocabulary.firstSteps)
  }

  /// Statements to begin with and what they do, in two columns.
  public static func steps(_ steps: [Command.Example], indent: String = "") -> String {
    let width = steps.map { DisplayWidth.width($0.script) }.max() ?? 0
    return steps.map { step in
      let gap = String(repeating: " ", count: width - DisplayWidth.width(step.script) + 3)
      return "\(indent)\(step.script)\(gap)\(step.explanation)\n"
    }.joined()
  }

  /// The names under a topic, a group's once: `events list|get|send`.
  private static func names(in topic: Topic, of registry: CommandRegistry) -> [String] {
    var names: [String] = []
    var groups: Set<String> = []
    for command in registry.commands where command.topic == topic {
      guard let space = command.name.firstIndex(of: " ") else {
        names.append(command.name)
        continue
      }
      let group = String(command.name[..<space])
      guard groups.insert(group).inserted else { continue }
      let members = registry.members(of: group).filter { $0.topic == topic }
      names.append(group + " " + members.map { $0.name.dropFirst(group.count + 1) }.joined(separator: "|"))
    }
    return names
  }

  /// What can be asked for under these words: a command, a group, a statement, a topic; nil when nothing is.
  public static func page(for words: String, in registry: CommandRegistry) -> String? {
    let topic = registry.helpTopic(words)?.text
    if let command = registry[words] { return page(of: command) + (topic.map { "\n" + $0 } ?? "") }
    if registry.isGroup(words) { return page(ofGroup: words, in: registry) + (topic.map { "\n" + $0 } ?? "") }
    if words == "language" { return LanguagePage.text }
    if words == "errors" { return ErrorPage.text(of: registry) }
    return StatementPage.about(words)?.text ?? topic
  }

  /// All words that have a page.
  static func subjects(in registry: CommandRegistry) -> [String] {
    let groups = registry.commands.compactMap { command in
      command.name.firstIndex(of: " ").map { String(command.name[..<$0]) }
    }
    return registry.commands.map { $0.name } + Set(groups).sorted() + ["language", "errors"]
      + StatementPage.all.flatMap { $0.words }
      + registry.helpTopics.map { $0.name }.filter {
        registry[$0] == nil && !registry.isGroup($0) && StatementPage.about($0) == nil
      }
  }

  static func page(ofGroup group: String, in registry: CommandRegistry) -> String {
    let members = registry.members(of: group)
    let widest = members.map { $0.name.count }.max() ?? 0
    return members.map { command in
      TextLayout.filled(command.summary, first: command.name.padded(to: widest + 2), indent: widest + 2)
    }.joined()
  }

  /// The page of one command.
  public static func page(of command: Command) -> String {
    var text = TextLayout.filled("\(command.name): \(command.summary)")
    text += "\n" + usageLines(of: command)
    text += "\nInput   \(input(of: command))\nResult  \(result(of: command))\n"
    if !command.discussion.isEmpty { text += "\n\(TextLayout.filled(command.discussion))" }
    if !command.parameters.isEmpty { text += "\n" + command.parameters.map { line($0, in: command) }.joined() }
    if command.requests != nil {
      if command.parameters.isEmpty { text += "\n" }
      text += line("--\(Command.explainFlag)", Command.explainSummary, in: command)
    }
    return text + examples(command.examples)
  }

  static func examples(_ examples: [Command.Example]) -> String {
    guard !examples.isEmpty else { return "" }
    return "\n" + (examples.count == 1 ? "Example\n" : "Examples\n")
      + examples.map { example in
        TextLayout.filled("# \(example.explanation)", first: "  ", indent: 4)
          + TextLayout.script(example.script, indent: 2) + results(of: example).map { "  \($0)\n" }.joined()
      }.joined()
  }

  /// The lines that an example prints, as comments, so that the page can be pasted as it is.
  static func results(of example: Command.Example) -> [String] {
    guard let result = example.result else { return [] }
    return result.split(separator: "\n", omittingEmptySubsequences: false).map { "#= \($0)" }
  }

  private static func usageLines(of command: Command) -> String {
    TextLayout.filled(command.usage, first: "  ", indent: 6)
  }

  static func line(_ parameter: ParameterDeclaration, in command: Command) -> String {
    line(label(of: parameter), parameter.summary + note(on: parameter), in: command)
  }

  private static func line(_ written: String, _ text: String, in command: Command) -> String {
    let own = command.requests == nil ? [] : ["--\(Command.explainFlag)"]
    let labels = command.parameters.map { label(of: $0) } + own
    let widest = min(28, labels.map { DisplayWidth.width($0) }.max() ?? 0)
    guard DisplayWidth.width(written) > widest else {
      return TextLayout.filled(text, first: "  " + written.padded(to: widest + 2), indent: widest + 4)
    }
    return "  \(written)\n" + TextLayout.filled(text, first: "".padded(to: widest + 4), indent: widest + 4)
  }

  /// What else there is to say of a parameter: the words it takes, unless the label names them, and its default.
  private static func note(on parameter: ParameterDeclaration) -> String {
    var text = ""
    switch parameter.shape {
    case .choice(let words):
      if words.count > 4 || !parameter.isFlagLike { text += ": \(words.joined(separator: ", "))" }
    case .suggestion(let words): text += ", such as \(words.joined(separator: ", "))"
    default: break
    }
    if let fallback = parameter.defaultText { text += " (default: \(fallback))" }
    if parameter.form == .repeatedOption { text += " (may be repeated)" }
    return text
  }

  static func label(of parameter: ParameterDeclaration) -> String {
    switch parameter.form {
    case .positional, .variadic, .flag: parameter.label
    case .option, .repeatedOption: "\(parameter.label) \(parameter.shape.placeholder)"
    }
  }

  static func input(of command: Command) -> String {
    switch command.input {
    case .none: "nothing; it starts a pipeline"
    case .optional: "items from the pipe, or none"
    case .required: "items from the pipe"
    }
  }

  static func result(of command: Command) -> String {
    let kind = command.itemKind?.name
    return switch command.result {
    case .nothing: "nothing"
    case .value: kind.map { "one \($0)" } ?? "one value"
    case .stream: kind.map { "a stream: \($0) records" } ?? "a stream"
    case .asInput: "one value for one value, a stream for a stream"
    case .asBlock: "what its block yields"
    }
  }
}

extension CommandRegistry {
  /// The groups, in the order of the overview.
  var topics: [Topic] {
    var topics: [Topic] = []
    for command in commands where !topics.contains(command.topic) { topics.append(command.topic) }
    return topics
  }
}
