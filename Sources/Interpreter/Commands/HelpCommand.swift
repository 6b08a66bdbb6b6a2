enum HelpCommand {
  private static let words = Parameter.variadic("command", .text, "the command to explain")

  static let command = Command(
    "help", topic: .shell, "shows all commands, or what one takes and yields",
    input: .none, result: .nothing, parameters: [words],
    examples: [
      .init("help", "the overview"),
      .init("help first", "one command"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(words).joined(separator: " ")
    let registry = call.session.registry
    if name.isEmpty {
      try call.session.print(HelpPage.overview(of: registry))
    } else if let command = registry[name] {
      try call.session.print(HelpPage.page(of: command))
    } else if registry.isGroup(name) {
      let members = registry.members(of: name)
      let widest = members.map { $0.name.count }.max() ?? 0
      try call.session.print(members.map { "\($0.name.padded(to: widest + 2))\($0.summary)\n" }.joined())
    } else {
      let near = Suggestion.nearest(to: name, among: registry.commands.map { $0.name })
      throw .failure(
        Failure(
          "unknown-command", "there is no command '\(name)'", at: call.span(of: words),
          help: near.map { "did you mean \($0)?" } ?? "help lists them all"))
    }
    return .nothing
  }
}
