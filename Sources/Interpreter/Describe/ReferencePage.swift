/// The whole reference as one page of Markdown, read from the declarations.
public enum ReferencePage {
  public static func text(of registry: CommandRegistry) -> String {
    var text = """
      # mittr: the reference

      - [The language](#the-language)
      - [Statements](#statements)
      - [Operators](#operators)
      - [Errors](#errors)

      """
    for topic in registry.topics { text += "- [\(topic.title)](#\(anchor(topic.title)))\n" }
    text += "\n## The language\n"
    for section in LanguagePage.sections where !section.title.hasPrefix("Operators") {
      text += "\n### \(section.title)\n\n\(fenced(section.lines))"
    }
    text += "\n## Statements\n" + StatementPage.all.map { statement($0) }.joined()
    text += "\n## Operators\n\nTightest first.\n\n" + operators
    text +=
      "\n## Errors\n\n\(ErrorPage.rest)\n\n| code | exit status | meaning |\n|---|---|---|\n"
    text += registry.errorCodes.map { code in
      "| \(Self.code(code.rawValue)) | \(ErrorPage.status(of: code)) | \(escaped(code.summary)) |\n"
    }.joined()
    for topic in registry.topics {
      text += "\n## \(topic.title)\n"
      text += registry.commands.filter { $0.topic == topic }.map { command($0) }.joined()
    }
    return text
  }

  private static func statement(_ page: StatementPage) -> String {
    "\n### \(page.words.map { "`\($0)`" }.joined(separator: ", "))\n\n"
      + sentence(page.summary) + "\n\n" + fenced(page.forms.map { $0 + "\n" }.joined()) + "\n"
      + escaped(page.discussion) + "\n" + examples(page.examples)
  }

  private static var operators: String {
    "| operator | meaning |\n|---|---|\n"
      + Precedence.allCases.reversed().map { row in
        "| \(row.signs.map { code($0) }.joined(separator: " ")) | \(escaped(row.meaning)) |\n"
      }.joined()
  }

  private static func command(_ command: Command) -> String {
    var text = "\n### `\(command.name)`\n\n\(sentence(command.summary))\n\n"
    text += fenced(command.usage + "\n")
    text += "\n- Input: \(HelpPage.input(of: command))\n- Result: \(escaped(HelpPage.result(of: command)))\n"
    if !command.discussion.isEmpty { text += "\n\(escaped(command.discussion))\n" }
    if !command.parameters.isEmpty {
      text += "\n| parameter | meaning | default |\n|---|---|---|\n"
      text += command.parameters.map { row($0) }.joined()
    }
    return text + examples(command.examples)
  }

  private static func row(_ parameter: ParameterDeclaration) -> String {
    var meaning = escaped(parameter.summary)
    switch parameter.shape {
    case .choice(let words): meaning += ": " + words.map { code($0) }.joined(separator: ", ")
    case .suggestion(let words): meaning += ", such as " + words.map { code($0) }.joined(separator: ", ")
    default: break
    }
    if parameter.form == .repeatedOption || parameter.form == .variadic { meaning += " (any number)" }
    let fallback = parameter.isRequired ? "must be given" : parameter.defaultText.map { code($0) } ?? ""
    return "| \(code(HelpPage.label(of: parameter))) | \(meaning) | \(fallback) |\n"
  }

  private static func examples(_ examples: [Command.Example]) -> String {
    guard !examples.isEmpty else { return "" }
    return "\n"
      + fenced(
        examples.map { example in
          let results = HelpPage.results(of: example).map { $0 + "\n" }.joined()
          return "# \(example.explanation)\n\(example.script)\n\(results)"
        }.joined())
  }

  /// - Parameter lines: ending with a line feed.
  private static func fenced(_ lines: String) -> String {
    let fence = lines.contains("```") ? "````" : "```"
    return "\(fence)\n\(lines)\(fence)\n"
  }

  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst()) + "."
  }

  /// Words as a code span, also in a table's cell.
  private static func code(_ text: String) -> String {
    let text = text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\|"#)
    return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  /// Plain words, with what Markdown would read as its own signs escaped.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if #"\`*_[]<>|#"#.contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private static func anchor(_ title: String) -> String {
    title.lowercased().split(separator: " ").joined(separator: "-")
  }
}
