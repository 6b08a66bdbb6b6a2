/// What may stand where the cursor is.
enum Expectation {
  /// The first word of a stage.
  case command(isPiped: Bool, isStatement: Bool)
  /// The second word of a command; its first one may be a command by itself.
  case member(of: String)
  /// The argument of a command, the flags that it has already, and what comes behind the cursor's word.
  case argument(Command, ParameterDeclaration?, given: Set<String>)
  /// The value of a flag, the part behind an adjacent `=` only.
  case flagValue(ParameterDeclaration)
  case functionArgument(parameters: [String])
  case helpWord(after: [String])
  case expression
  /// An expression of which nothing was typed yet.
  case operand
  /// A path whose first dot may be left out.
  case path
  case file
  case variableName
  case words([String])
  case nothing
}

extension CursorPlace {
  /// The adjacent tokens that end at the cursor; none behind white space.
  var run: ArraySlice<Token> {
    let stage = self.stage
    guard let last = stage.last, last.end == cursor else { return [] }
    var start = stage.count - 1
    while start > 0, !stage[start].isSpaced { start -= 1 }
    return stage[start...]
  }

  func expectation(_ context: CompletionContext) -> Expectation {
    switch frame.kind {
    case .list: return .expression
    case .record:
      // Behind the colon stands a value.
      let pair = stage.split(omittingEmptySubsequences: false) { $0.kind == .comma }.last ?? []
      return pair.contains { $0.kind == .colon } ? .expression : .nothing
    case .statements, .pipeline: break
    }
    let run = self.run
    let isFirst = frame.stages.count == 1
    let before = Array(stage.dropLast(run.count))
    if isFirst, let statement = statement(before, run) { return statement }
    let words = Self.pipeline(before)
    guard let first = words.first else {
      guard run.isEmpty || run.first?.kind == .word && run.count == 1 else { return .expression }
      return .command(isPiped: !isFirst, isStatement: isFirst && before.isEmpty && frame.kind == .statements)
    }
    guard first.kind == .word else { return .expression }
    switch first.keyword {
    case .true, .false, .null, .not, .if: return .expression
    default: return arguments(of: words, run, context)
    }
  }

  /// What a statement's own words ask for.
  private func statement(_ before: [Token], _ run: ArraySlice<Token>) -> Expectation? {
    let words = Self.pipeline(before)
    guard let first = words.first, first.kind == .word else { return nil }
    let isBehindBlock = words.count > 1 && words[words.count - 1].kind == .leftBrace
    switch first.keyword {
    case .let, .def: return .nothing
    case .set: return words.count == 1 ? .variableName : .nothing
    case .if:
      if isBehindBlock { return .words(["else"]) }
      return words.last?.keyword == .else ? .words(["if"]) : .expression
    case .try: return isBehindBlock && words.count == 2 ? .words(["catch"]) : .nothing
    case .for:
      if words.count == 1 || isBehindBlock { return .nothing }
      return words.count == 2 ? .words(["in"]) : .expression
    case .assert, .exit: return words.count == 1 && run.isEmpty ? .operand : .expression
    case .source: return .file
    case .else, .catch: return .nothing
    case nil where first.isReserved: return .nothing
    default: return nil
    }
  }

  private func arguments(of words: [Token], _ run: ArraySlice<Token>, _ context: CompletionContext) -> Expectation {
    let texts = words.map(text)
    let registry = context.registry
    if texts[0] == "help" { return .helpWord(after: Array(texts.dropFirst())) }
    if words.count == 1, registry.isGroup(texts[0]), run.isEmpty || run.first?.kind == .word {
      return .member(of: texts[0])
    }
    guard let command = registry.command(texts) else {
      let parameters = context.functions[texts[0]] ?? functions[texts[0]]
      return parameters.map { .functionArgument(parameters: $0) } ?? .nothing
    }
    let isPair = command.name.contains(" ")
    return argument(of: command, behind: words.dropFirst(isPair ? 2 : 1), run)
  }

  /// Goes through the arguments as the parser does.
  private func argument(
    of command: Command, behind words: ArraySlice<Token>, _ run: ArraySlice<Token>
  ) -> Expectation {
    var positional = command.parameters.filter { !$0.isFlagLike }[...]
    var given: Set<String> = []
    var pending: ParameterDeclaration?
    func declaration(_ flag: Token) -> ParameterDeclaration? {
      command.parameter(flag: String(text(flag).dropFirst(2))).map { command.parameters[$0] }
    }
    for argument in words.split(whereSpaced: ()) {
      guard let first = argument.first else { continue }
      if first.kind == .flag {
        given.insert(text(first))
        let flag = declaration(first)
        pending = flag?.form == .flag || argument.count > 1 ? nil : flag
      } else if pending != nil {
        pending = nil
      } else if positional.first?.shape == .expression {
        return .expression
      } else if positional.first?.form == .positional {
        positional = positional.dropFirst()
      }
    }
    if let first = run.first, first.kind == .flag, run.count > 1, run[run.startIndex + 1].kind == .assign {
      return declaration(first).map { .flagValue($0) } ?? .nothing
    }
    if let pending { return .flagValue(pending) }
    let isFlag = run.first.map { $0.kind == .flag || $0.isMinus } ?? false
    switch positional.first?.shape {
    case .expression where !isFlag: return run.isEmpty ? .operand : .expression
    case .path where !isFlag && !run.isEmpty: return .path
    default: return .argument(command, positional.first, given: given)
    }
  }
}
