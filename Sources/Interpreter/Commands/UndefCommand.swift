enum UndefCommand {
  private static let name = Parameter.positional("name", .text, "which function")

  static let command = Command(
    "undef", topic: .shell, "takes a function away, and what def --keep kept of it",
    input: .none, result: .nothing, parameters: [name], changesData: true,
    searchWords: ["unset", "forget", "remove function"],
    examples: [
      .init("def twice(x) { $x * 2 }\nundef twice", "it is gone"),
      .init("def a() { 1 }\ndef b() { 2 }\nundef a\nb", "others stay", gives: "2"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(name)
    let isDefined = call.session.functions.removeValue(forKey: name) != nil
    let keeper = call.session[FunctionKeeperKey.self]
    let isKept = try Interruption.rethrowing { () throws(Failure) in try keeper?.forget(name) ?? false }
    guard isDefined || isKept else {
      let near = Suggestion.nearest(to: name, among: call.session.functions.keys.sorted())
      let other = call.session[HelpSourceKey.self]?.helpEntries.first { $0.name == name }
      throw .failure(
        Failure(
          .badArgument, "there is no function of this name", at: call.span(of: Self.name),
          help: other.map { "\(name) is \($0.summary)" } ?? near.map { "did you mean \($0)?" }))
    }
    return .nothing
  }
}
