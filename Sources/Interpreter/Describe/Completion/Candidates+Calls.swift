import Basics

extension Candidates {
  /// A cursor in a call: at its name, at an argument, or where the next one may begin.
  /// - Parameter expression: the argument that it stands in or behind, where that is an expression.
  func proposals(in call: CommandCall, isPiped: Bool, at expression: Expression? = nil) -> Proposals {
    let words = location.words(call.nameSpan)
    if call.nameSpan.end == location.cursor || call.nameSpan.isEmpty {
      guard words.count > 1 else {
        let word = call.nameSpan.isEmpty ? typed : bareWord(from: call.nameSpan.start)
        return commands(word, isPiped: isPiped, isStatement: false)
      }
      return Proposals(word: bareWord(from: call.nameSpan.end - words[1].utf8.count), list: members(of: words[0]))
    }
    switch call.callee {
    case .missing:
      guard call.arguments.isEmpty, words.count == 1, let group = words.first, registry.isGroup(group) else {
        return nothing
      }
      return Proposals(word: typed, list: members(of: group))
    case .function(let name):
      let typed = call.argumentAt(location.cursor)
      if let flag = flagWord(typed) {
        return Proposals(word: flag, list: flags(ofFunction: name, call, besides: typed))
      }
      guard expression == nil, location.run.isEmpty else { return value(of: nil, expression) }
      return Proposals(
        word: self.typed, list: flags(ofFunction: name, call, besides: nil).filter { !$0.summary.isEmpty })
    case .command(let command) where command.name == "help": return helpWords(call)
    case .command(let command): return argument(of: command, in: call, at: expression)
    }
  }

  /// The parameters of a function, by the text or by the session, that may be given by their names.
  private func flags(ofFunction name: String, _ call: CommandCall, besides typed: Argument?) -> [Proposal] {
    let declaration = functionsOfText[name] ?? context.functions[name]
    let given = Set(call.arguments.filter { $0.span != typed?.span }.compactMap { $0.name })
    return (declaration?.parameters ?? []).filter { $0.form != .rest && !given.contains($0.name) }.map { parameter in
      let summary =
        switch parameter.form {
        case .option: "takes a value"
        case .flag: "off unless given"
        case .positional, .rest: ""
        }
      return Proposal(value: "--" + parameter.name, summary: summary)
    }
  }

  private func helpWords(_ call: CommandCall) -> Proposals {
    var arguments = call.arguments
    var word = typed
    if let last = call.argumentAt(location.cursor) {
      arguments.removeLast()
      word = bareWord(from: last.span.start)
    }
    return Proposals(word: word, list: helpWords(after: arguments.map { location.text($0.span) }))
  }

  // MARK: Arguments

  private func argument(of command: Command, in call: CommandCall, at expression: Expression?) -> Proposals {
    guard let argument = call.argumentAt(location.cursor) ?? expression.flatMap({ _ in call.arguments.last }) else {
      let proposals = nextArgument(of: command, in: call)
      let isMember = location.run.isEmpty || location.isWord
      guard call.arguments.isEmpty, isMember, registry.isGroup(command.name) else { return proposals }
      return Proposals(word: typed, list: members(of: command.name))
    }
    if let flag = flagWord(argument) { return Proposals(word: flag, list: flags(of: command, call, besides: argument)) }
    if call.arguments.count == 1, registry.isGroup(command.name), location.isOneWord(from: argument.span.start) {
      let members = Proposals(word: bareWord(from: argument.span.start), list: members(of: command.name))
      if members.list.contains(where: { $0.value.utf8.starts(with: members.word.typed.utf8) }) { return members }
    }
    guard let parameter = call.parameter(of: argument) else { return nothing }
    if case .path(_, let steps) = argument.content { return fields(of: nil, steps, spelling: .bareKey) }
    if parameter.shape == .expression { return expression.map { proposals(at: $0) } ?? nothing }
    return value(of: parameter, expression)
  }

  /// Where an argument may begin: a value if any is known, otherwise a flag.
  private func nextArgument(of command: Command, in call: CommandCall) -> Proposals {
    let flags = Proposals(word: typed, list: flags(of: command, call, besides: nil))
    guard location.run.isEmpty else { return typed.typed.hasPrefix("-") ? flags : nothing }
    let parameter = command.parameters.indices.first { index in
      let parameter = command.parameters[index]
      let isGiven = parameter.form == .positional && call.arguments.contains { $0.parameter == index }
      return !parameter.isFlagLike && !isGiven
    }.map { command.parameters[$0] }
    let values =
      switch parameter?.shape {
      case .expression: operands
      case .path, .key: keys(inference.item, typed, spelling: .bareKey)
      default: value(of: parameter, nil)
      }
    return values.list.isEmpty && parameter?.shape != .expression ? flags : values
  }

  /// The flag that is being typed, or the hyphens of one.
  private func flagWord(_ argument: Argument?) -> PartialWord? {
    guard let argument else { return typed.typed.hasPrefix("-") ? typed : nil }
    let word = bareWord(from: argument.span.start)
    let isFlag = word.typed.hasPrefix("-") && word.typed.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
    return isFlag ? word : nil
  }

  func flags(of call: CommandCall, from argument: Argument) -> Proposals? {
    guard case .command(let command) = call.callee else { return nil }
    return Proposals(
      word: bareWord(from: argument.span.start), list: flags(of: command, call, besides: argument))
  }

  func flags(of command: Command, _ call: CommandCall, besides typed: Argument?) -> [Proposal] {
    let given = Set(call.arguments.filter { $0.span != typed?.span }.map { $0.parameter })
    var flags = command.parameters.enumerated().filter { index, parameter in
      parameter.isFlagLike && (parameter.form == .repeatedOption || !given.contains(index))
    }.map { Proposal(value: $1.label, summary: $1.summary) }
    let explain = "--" + Command.explainFlag
    if command.requests != nil, !isExplained || location.text(location.run) == explain {
      flags.append(Proposal(value: explain, summary: Command.explainSummary))
    }
    return flags
  }

  /// Whether the pipeline around the cursor has `--explain` already.
  private var isExplained: Bool {
    for case .pipeline(let pipeline) in location.path.reversed() { return pipeline.isExplained }
    return false
  }
}

extension CommandCall {
  /// The argument that is being typed at the end of the text, its value included.
  func argumentAt(_ cursor: Int) -> Argument? {
    arguments.last.flatMap { $0.span.end == cursor || $0.child?.span.end == cursor ? $0 : nil }
  }
}
