import Basics

enum HelpCommand {
  private static let words = Parameter.variadic(
    "word", .text, "a command, a group, a statement, a topic, or what to look for")

  static let command = Command(
    "help", topic: .shell, "shows all commands, or what one takes and yields; finds by a word",
    input: .none, result: .nothing, parameters: [words], searchWords: ["man", "tldr", "apropos", "usage"],
    examples: [
      .init("help", "the overview"),
      .init("help first", "one command"),
      .init("help let", "a statement"),
      .init("help csv", "a topic"),
      .init("help smallest", "what has to do with a word"),
      .init("help language", "values, operators and paths"),
      .init("help errors", "the codes of errors"),
    ]
  ) { call throws(Interruption) in
    let words = try await call.value(words).joined(separator: " ")
    let registry = call.session.registry
    let own = call.session[HelpSourceKey.self]?.helpEntries ?? []
    if words.isEmpty {
      try call.session.print(HelpPage.overview(of: registry))
    } else if let entry = own.first(where: { $0.name == words }) {
      // A line that is typed takes the person's own word before all others.
      try call.session.print(SafeText.escapedLines(TextLayout.filled("\(entry.name): \(entry.summary)")))
    } else if let function = call.session.functions[words] {
      try call.session.print(FunctionPage(function.declaration, in: function.source).text)
    } else if let page = page(for: words, registry, own)
      // `help variables` asks for what is found by its singular.
      ?? (words.hasSuffix("s") ? page(for: String(words.dropLast()), registry, own) : nil)
    {
      try call.session.print(page)
    } else {
      throw .failure(unknown(words, registry, at: call.span(of: Self.words)))
    }
    return .nothing
  }

  private static func page(for words: String, _ registry: CommandRegistry, _ own: [HelpEntry]) -> String? {
    HelpPage.page(for: words, in: registry) ?? HelpSearch(registry: registry, own: own).page(for: words)
  }

  private static func unknown(_ words: String, _ registry: CommandRegistry, at span: SourceSpan?) -> Failure {
    let shown = words.utf8.count <= 60 ? "'\(words)'" : "these words"
    let near = Suggestion.nearest(to: words, among: HelpPage.subjects(in: registry))
    return Failure(
      .unknownCommand, "there is no help for \(shown)", at: span,
      help: near.map { "did you mean \($0)?" } ?? "help lists what there is")
  }
}
