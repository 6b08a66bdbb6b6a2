/// Commands and functions that are called.
extension Parser {
  /// A command or a function with its arguments.
  ///
  /// Each part is a function of its own: blocks nest through this one, and what it holds at once takes stack.
  mutating func call(isPiped: Bool) throws(Stop) -> CommandCall {
    let (name, nameSpan) = try calledName()
    if let command = context.registry[name] { return try call(of: command, nameSpan, isPiped: isPiped) }
    if functions.contains(name) || (!checksNames && !context.registry.isGroup(name)) {
      return try call(ofFunction: name, nameSpan, isPiped: isPiped)
    }
    throw callOfUnknown(name, nameSpan)
  }

  /// The name of a command, which has two words in a group, or of a function.
  private mutating func calledName() throws(Stop) -> (String, SourceSpan) {
    guard token.kind == .word else { throw unexpected("a command", help: signHelp) }
    let nameToken = token
    var name = text(nameToken)
    var nameSpan = nameToken.span
    guard !nameToken.isReserved else { throw unexpected("a command") }
    advance()
    if context.registry.isGroup(name), token.kind == .word, !token.span.isEmpty,
      context.registry[name + " " + text(token)] != nil || context.registry[name] == nil
    {
      name += " " + text(token)
      nameSpan = nameSpan.union(token.span)
      advance()
    }
    return (name, nameSpan)
  }

  private mutating func call(
    of command: Command, _ nameSpan: SourceSpan, isPiped: Bool
  ) throws(Stop) -> CommandCall {
    checkInput(of: command, nameSpan, isPiped: isPiped)
    var arguments: [Argument] = []
    do throws(Stop) {
      try commandArguments(of: command, nameSpan: nameSpan, isPiped: isPiped, into: &arguments)
    } catch {
      throw unfinished(.command(command), nameSpan, arguments)
    }
    return CommandCall(
      callee: .command(command), nameSpan: nameSpan, arguments: arguments,
      span: SourceSpan(nameSpan.start, previousEnd))
  }

  private mutating func checkInput(of command: Command, _ nameSpan: SourceSpan, isPiped: Bool) {
    if isPiped, command.input == .none {
      report(.takesNoInput, "'\(command.name)' takes nothing from a pipe", nameSpan)
    } else if !isPiped, command.input == .required {
      report(
        .needsInput, "'\(command.name)' needs items from a pipe", nameSpan,
        help: "such as: \(context.registry.vocabulary.source) | \(command.name)")
    }
  }

  private mutating func call(
    ofFunction name: String, _ nameSpan: SourceSpan, isPiped: Bool
  ) throws(Stop) -> CommandCall {
    var arguments: [Argument] = []
    do throws(Stop) { try functionArguments(switches: switches(of: name), into: &arguments) } catch {
      throw unfinished(.function(name: name), nameSpan, arguments)
    }
    signatures.note(.init(name: name, span: nameSpan, arguments: arguments))
    if isPiped { checkReadOnce(arguments, of: name) }
    return CommandCall(
      callee: .function(name: name), nameSpan: nameSpan, arguments: arguments,
      span: SourceSpan(nameSpan.start, previousEnd))
  }

  private mutating func callOfUnknown(_ name: String, _ nameSpan: SourceSpan) -> Stop {
    _ = unknownCommand(name, nameSpan)
    return unfinished(.missing, nameSpan, argumentsOfUnknown())
  }

  private mutating func unknownCommand(_ name: String, _ span: SourceSpan) -> Stop {
    if context.registry.isGroup(name) {
      return stop(.unknownCommand, "'\(name)' needs one more word", span, help: "one of: \(memberNames(name))")
    }
    if token.kind == .assign {
      return stop(
        .unknownCommand, "there is no command '\(shown(span))'", span,
        help: "to bind a variable: let \(shown(span)) = …")
    }
    if token.kind == .word, following.kind == .assign, let near = Suggestion.nearest(to: name, among: ["let", "set"]) {
      return stop(
        .unknownCommand, "there is no command '\(shown(span))'", span, help: "did you mean \(near)?")
    }
    if let group = name.split(separator: " ").first.map(String.init), group != name, context.registry[group] == nil {
      let near = Suggestion.nearest(to: name, among: context.registry.members(of: group).map { $0.name })
      return stop(
        .unknownCommand, "there is no command '\(shown(span))'", span,
        help: near.map { "did you mean \($0)?" } ?? "\(group) takes one of: \(memberNames(group))")
    }
    if scopes.contains(where: { $0.contains(name) }) {
      return stop(.unknownCommand, "there is no command '\(name)'", span, help: "the variable is $\(name)")
    }
    if let habit = Self.foreignWords[name] ?? context.registry.vocabulary.foreignWords[name] {
      return stop(.unknownCommand, "there is no command '\(shown(span))'", span, help: habit)
    }
    let near = isReporting ? nearestCommand(to: name) : nil
    return stop(
      .unknownCommand, "there is no command '\(shown(span))'", span,
      help: near.map { "did you mean \($0)?" } ?? "help lists them all")
  }

  /// The second words of a group's commands.
  private func memberNames(_ group: String) -> String {
    context.registry.members(of: group).map { String($0.name.dropFirst(group.count + 1)) }.joined(separator: ", ")
  }

  private func nearestCommand(to name: String) -> String? {
    let commands = context.registry.commands.map { $0.name }
    let groups = Set(commands.compactMap { $0.split(separator: " ").first.map(String.init) })
    let known = commands + groups.sorted()
    return Suggestion.nearest(to: name, among: known)
      ?? Suggestion.nearest(to: name, among: functions, inOrder: false)
  }

  /// What other shells call it.
  private static let foreignWords = [
    "quit": "exit, or Ctrl-D, ends the shell", "q": "exit, or Ctrl-D, ends the shell",
    "bye": "exit, or Ctrl-D, ends the shell", "echo": "print", "cat": "open FILE",
    "grep": "where .field =~ \"pattern\"", "jq": "get .field, select, where", "filter": "where", "map": "each { … }",
    "sort": "sort-by .field", "head": "first N", "limit": "first N",
    "tail": "last N", "drop": "skip N", "distinct": "uniq", "unique": "uniq", "wc": "count", "average": "avg",
    "cut": "select", "write": "save FILE", "man": "help",
    "raise": "throw \"message\"", "fail": "throw \"message\"", "test": "test \"name\" { … }",
    "finally": "it stands behind the block of a try or a catch",
  ]
}
