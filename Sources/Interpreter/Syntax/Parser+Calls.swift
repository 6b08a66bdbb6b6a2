/// Commands and functions that are called.
extension Parser {
  /// A command or a function with its arguments.
  ///
  /// Each part is a function of its own: blocks nest through this one, and what it holds at once takes stack.
  mutating func call(isPiped: Bool) throws(Stop) -> CommandCall {
    let (name, nameSpan) = try calledName()
    if asksHelp(aboutGroup: name, nameSpan) { return helpCall(nameSpan) }
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
    guard context.registry.isGroup(name) else { return (name, nameSpan) }
    let second = token
    guard second.kind == .word, !second.span.isEmpty else { return (name, nameSpan) }
    let whole = name + " " + text(second)
    if context.registry[whole] != nil || context.registry[name] == nil {
      name = whole
      nameSpan = nameSpan.union(second.span)
      advance()
    }
    return (name, nameSpan)
  }

  private mutating func call(
    of command: Command, _ nameSpan: SourceSpan, isPiped: Bool
  ) throws(Stop) -> CommandCall {
    let before = diagnostics.count
    checkInput(of: command, nameSpan, isPiped: isPiped)
    var arguments: [Argument] = []
    do throws(Stop) {
      try commandArguments(of: command, nameSpan: nameSpan, isPiped: isPiped, into: &arguments)
    } catch {
      throw unfinished(.command(command), nameSpan, arguments)
    }
    if askedHelp != nil {
      // What is asked about need not be right.
      diagnostics.removeSubrange(min(before, diagnostics.count)...)
      return helpCall(nameSpan)
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
        help: swappedAdvice(command.name) ?? "such as: \(context.registry.vocabulary.source) | \(command.name)")
    }
  }

  private mutating func call(
    ofFunction name: String, _ nameSpan: SourceSpan, isPiped: Bool
  ) throws(Stop) -> CommandCall {
    let switches = switches(of: name)
    if token.kind == .flag, asksHelp(about: nil), !switches.contains("help") {
      askHelp(about: name, nameSpan)
      return helpCall(nameSpan)
    }
    var arguments: [Argument] = []
    do throws(Stop) { try functionArguments(switches: switches, into: &arguments) } catch {
      throw unfinished(.function(name: name), nameSpan, arguments)
    }
    signatures.note(.init(name: name, span: nameSpan, arguments: arguments))
    if isPiped { checkReadOnce(arguments, of: name) }
    return CommandCall(
      callee: .function(name: name), nameSpan: nameSpan, arguments: arguments,
      span: SourceSpan(nameSpan.start, previousEnd))
  }

  private mutating func callOfUnknown(_ name: String, _ nameSpan: SourceSpan) -> Stop {
    let help = unknownCommandHelp(name, nameSpan)
    let isGroup = context.registry.isGroup(name)
    report(
      .unknownCommand, isGroup ? "'\(name)' needs one more word" : "there is no command '\(shown(nameSpan))'", nameSpan,
      help: help)
    return unfinished(.missing, nameSpan, argumentsOfUnknown())
  }
}
