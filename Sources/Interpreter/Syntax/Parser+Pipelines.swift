import OrderedJSON

extension Parser {
  /// `stage | stage | …`.
  mutating func pipeline() throws(Stop) -> Pipeline {
    let around = height
    height = 0
    defer { height = max(height, around) }
    let start = token.span.start
    let isOuterExplained = isExplained
    isExplained = false
    defer { isExplained = isOuterExplained }
    let outerHelp = askedHelp
    askedHelp = nil
    defer { askedHelp = outerHelp }
    _ = token
    let first = index
    let head: Pipeline.Head
    do throws(Stop) { head = try self.head() } catch {
      throw unfinishedHead(error, at: first, from: start)
    }
    return try pipeline(from: start, head)
  }

  private mutating func head() throws(Stop) -> Pipeline.Head {
    if isImmediate { return try immediate() }
    if startsExpression || token.kind == .unterminatedString { return .expression(try expression()) }
    if token.keyword == .for || token.keyword == .try { return .statement(try statement()) }
    return .command(try call(isPiped: false))
  }

  /// The rest of a pipeline behind its first stage.
  mutating func pipeline(from start: Int, _ head: Pipeline.Head) throws(Stop) -> Pipeline {
    var tail: [CommandCall] = []
    while continuesWithPipe() {
      skipNewlines()
      let first = index
      do throws(Stop) {
        let stage = try self.stage()
        tail.append(stage)
        try grow(stage.nameSpan)
      } catch {
        throw unfinishedStage(error, at: first, behind: head, tail, from: start)
      }
    }
    if askedHelp != nil { return helpPipeline(from: start) }
    checkFixedWords(head, tail)
    return Pipeline(head: head, tail: tail, span: SourceSpan(start, max(start, previousEnd)), isExplained: isExplained)
  }

  private mutating func stage() throws(Stop) -> CommandCall {
    guard startsExpression else { return try call(isPiped: true) }
    throw stop(
      .expectedCommand, "a command must stand behind |, not an expression", token.span,
      help: "to compute with each item: | each { … }; to take a field: | get .field")
  }

  /// Moves behind the `|` that continues this pipeline, which may stand on a line further down.
  private mutating func continuesWithPipe() -> Bool {
    if skip(.pipe) { return true }
    guard token.kind == .newline else { return false }
    let mark = index
    skipNewlines()
    if skip(.pipe) { return true }
    index = mark
    return false
  }

  private var startsExpression: Bool {
    mutating get {
      switch token.kind {
      case .word:
        switch token.keyword {
        case .if, .not, .true, .false, .null: true
        default: false
        }
      case .newline, .semicolon, .pipe, .end, .flag, .other, .unterminatedString: false
      default: true
      }
    }
  }

  mutating func commandArguments(
    of command: Command, nameSpan: SourceSpan, isPiped: Bool, into arguments: inout [Argument]
  ) throws(Stop) {
    var positional = command.parameters.indices.filter { !command.parameters[$0].isFlagLike }[...]
    var isBroken = false
    if asksBriefly(about: command) { askHelp(about: command.name, nameSpan) }
    while !isAtEndOfStage {
      if token.kind == .flag, asksHelp(about: command) {
        askHelp(about: command.name, nameSpan)
        break
      }
      if token.kind == .flag {
        let before = diagnostics.count
        try flag(of: command, isPiped: isPiped, into: &arguments)
        isBroken = isBroken || diagnostics.count > before
        continue
      }
      if letterFlag(of: command, into: &arguments) { continue }
      let shape = positional.first.map { command.parameters[$0].shape }
      if !isBroken, shape?.isSyntax != true, let sign = redirection(isPrint: command.name == "print") { throw sign }
      guard let parameter = positional.first else {
        guard isBroken else { throw unexpectedArgument(of: command, nameSpan, isPiped: isPiped) }
        _ = try argument(.value)
        continue
      }
      let declaration = command.parameters[parameter]
      let before = diagnostics.count
      let argument = try argument(declaration, at: parameter, into: &arguments)
      check(argument, declaration, in: command, isPiped: isPiped)
      isBroken = isBroken || diagnostics[before...].contains { $0.severity == .error }
      if declaration.form == .positional { positional = positional.dropFirst() }
    }
    if !isBroken, askedHelp == nil { checkRequired(command, arguments, nameSpan) }
  }

  /// Reads a flag that is written as its letter behind one hyphen.
  /// - Returns: whether one stood here.
  private mutating func letterFlag(of command: Command, into arguments: inout [Argument]) -> Bool {
    let hyphen = tokens[index]
    guard hyphen.isMinus, hyphen.isSpaced, following.kind == .word, !following.isSpaced else { return false }
    let behind = tokens[min(index + 2, tokens.count - 1)]
    guard behind.isSpaced || !isWordPart(behind.kind) else { return false }
    let letter = text(following)
    guard let flag = command.parameters.firstIndex(where: { $0.letter.map(String.init) == letter }) else {
      return false
    }
    let span = hyphen.span.union(following.span)
    advance()
    advance()
    let literal = Expression(kind: .literal(true), span: span)
    arguments.append(Argument(parameter: flag, content: .expression(literal), span: span))
    return true
  }

  private mutating func unexpectedArgument(of command: Command, _ nameSpan: SourceSpan, isPiped: Bool) -> Stop {
    let first = token
    var end = index + 1
    if isWordPart(first.kind) {
      while !tokens[end].isSpaced, isWordPart(tokens[end].kind) { end += 1 }
    }
    let span = first.span.union(tokens[end - 1].span)
    if let help = timeAdvice(of: command, nameSpan) ?? pipeAdvice(of: command, nameSpan, isPiped: isPiped)
      ?? strayAdvice(of: command)
    {
      return stop(.unexpectedArgument, "'\(command.name)' takes no further argument here", span, help: help)
    }
    let takesExpression = command.parameters.contains { $0.shape == .expression }
    if first.kind == .assign, takesExpression, foreignSign()?.span == first.span {
      return stop(.unexpectedToken, "'=' compares nothing", first.span, help: "== does")
    }
    if let sign = foreignSign(isArgument: true), first.kind != .word || takesExpression {
      return stop(.unexpectedToken, "'\(shown(sign.span))' is no operator here", sign.span, help: sign.help)
    }
    return stop(
      .unexpectedArgument, "'\(command.name)' takes no further argument here", span,
      help: "help \(command.name) shows what it takes")
  }

  private mutating func checkRequired(_ command: Command, _ arguments: [Argument], _ nameSpan: SourceSpan) {
    let missing = command.parameters.enumerated().filter { index, parameter in
      parameter.isRequired && !arguments.contains { $0.parameter == index }
    }
    guard let last = missing.last?.element else { return }
    let others = missing.dropLast().map { $0.element.label }.joined(separator: ", ")
    let what = others.isEmpty ? "\(last.label): \(last.summary)" : "\(others) and \(last.label)"
    report(.missingArgument, "'\(command.name)' needs \(what)", nameSpan, help: command.usage)
  }

  var isAtEndOfStage: Bool { mutating get { isAtEndOfStatement || token.kind == .pipe } }

  private mutating func flag(
    of command: Command, isPiped: Bool, into arguments: inout [Argument]
  ) throws(Stop) {
    let flagToken = token
    let name = String(text(flagToken).dropFirst(2))
    advance()
    let hasValue = token.kind == .assign && !token.isSpaced
    if hasValue { advance() }
    if name == Command.explainFlag, command.parameter(flag: name) == nil {
      isExplained = true
      guard hasValue else { return }
      throw stop(.unexpectedArgument, "--\(name) takes no value", flagToken.span.union(token.span))
    }
    guard let index = command.parameter(flag: name) else {
      let near = Suggestion.nearest(to: name, among: command.parameters.filter { $0.isFlagLike }.map { $0.name })
      report(
        .unknownFlag, "'\(command.name)' has no flag \(shown(flagToken.span))", flagToken.span,
        help: wordAdvice(name, of: command) ?? near.map { "did you mean --\($0)?" }
          ?? flagAdvice(name, of: command) ?? quotesAdvice(for: command)
          ?? (command.parameters.contains { $0.isFlagLike } ? "help \(command.name) lists its flags" : "it has none"))
      var value = Expression(kind: .missing, span: SourceSpan(previousEnd, previousEnd))
      defer {
        arguments.append(
          Argument(
            parameter: Argument.noParameter, name: name, content: .expression(value),
            span: flagToken.span.union(value.span)))
      }
      if hasValue {
        do throws(Stop) { value = try argument(.value) } catch {
          value = error.expression ?? missing
          throw error
        }
      }
      return
    }
    let declaration = command.parameters[index]
    if declaration.form == .flag, !hasValue {
      let literal = Expression(kind: .literal(true), span: flagToken.span)
      arguments.append(Argument(parameter: index, content: .expression(literal), span: flagToken.span))
      return
    }
    guard !isAtEndOfStage, token.kind != .flag else {
      let span = SourceSpan(flagToken.span.start, previousEnd)
      arguments.append(Argument(parameter: index, content: .expression(missing), span: span))
      throw stop(
        .missingValue, "--\(name) needs a value", flagToken.span,
        help: "--\(name) \(declaration.shape.placeholder)")
    }
    let argument = try argument(declaration, at: index, into: &arguments)
    check(argument, declaration, in: command, isPiped: isPiped)
  }

  private mutating func argument(
    _ declaration: ParameterDeclaration, at parameter: Int, into arguments: inout [Argument]
  ) throws(Stop) -> Argument {
    let start = token.span.start
    var steps: [PathStep] = []
    let argument: Argument
    let outside = hasItem
    hasItem = outside || declaration.isPerItem
    defer { hasItem = outside }
    do throws(Stop) {
      let content: Argument.Content =
        switch declaration.shape {
        case .expression: .expression(try expression())
        case .block: .block(try block())
        case .path: .path(try path(&steps), steps: steps)
        case .key: try key(&steps)
        default: .expression(try self.argument(declaration.shape))
        }
      argument = Argument(parameter: parameter, content: content, span: SourceSpan(start, previousEnd))
    } catch {
      let content: Argument.Content =
        if declaration.shape == .path || declaration.shape == .key && error.expression == nil {
          .path(Path([], text: ""), steps: steps)
        } else {
          error.block.map { .block($0) } ?? .expression(error.expression ?? missing)
        }
      arguments.append(Argument(parameter: parameter, content: content, span: unfinishedSpan(from: start, [])))
      throw error
    }
    arguments.append(argument)
    return argument
  }

  /// A path, or an expression that shows where it ends: in parentheses, or behind a minus.
  private mutating func key(_ steps: inout [PathStep]) throws(Stop) -> Argument.Content {
    if token.kind == .leftParenthesis || token.isMinus && !following.isSpaced {
      return .expression(try keyExpression())
    }
    if token.kind == .dollar {
      throw stop(
        .badPath, "a variable is no field of the item", token.span, help: "for the field that it names: (.[$name])")
    }
    if token.kind != .word, let operation = token.operation {
      throw stop(
        .unexpectedToken, "'\(operation.sign)' stands outside of parentheses", token.span,
        help: "put the whole expression in them: (.a \(operation.sign) .b)")
    }
    return .path(try path(&steps), steps: steps)
  }

  /// What is known already now is checked now.
  private mutating func check(
    _ argument: Argument, _ declaration: ParameterDeclaration, in command: Command, isPiped: Bool
  ) {
    let span = argument.span
    if declaration.form == .variadic { checkDirection(argument, in: command) }
    guard case .expression(let expression) = argument.content, declaration.shape != .expression else { return }
    checkFields(of: expression, declaration, in: command)
    if let constant = expression.constant {
      if let complaint = declaration.complaint(constant) {
        report(
          .badArgument, "\(declaration.label): \(complaint)", span,
          help: recordAdvice(insteadOf: constant, declaration.shape))
      }
    } else if expression.usesItem, !declaration.isPerItem, isPiped, !(hasItem && command.takesOuterItem) {
      report(
        .notPerItem, "\(declaration.label) of '\(command.name)' is read once, before any item comes", span,
        help: expression.isItemAlone ? "for a dot itself: \".\"" : fieldAdvice(expression, declaration.shape))
    }
  }

  /// A function runs once for all of its input: there is no item yet that its arguments could take a field of.
  mutating func checkReadOnce(_ arguments: [Argument], of name: String) {
    for argument in arguments {
      guard case .expression(let expression) = argument.content, expression.usesItem else { continue }
      report(
        .notPerItem, "an argument of '\(name)' is read once, before any item comes", argument.span,
        help: "for each item: each { \(name) … }")
    }
  }

  mutating func functionArguments(
    switches: Set<String> = [], into arguments: inout [Argument]
  ) throws(Stop) {
    while !isAtEndOfStage {
      if let sign = redirection(isPrint: false) { throw sign }
      let span = token.span
      var name: String?
      if token.kind == .flag {
        let flag = String(text(token).dropFirst(2))
        name = flag
        advance()
        let hasValue = token.kind == .assign && !token.isSpaced
        if flag == Command.explainFlag, !hasValue {
          isExplained = true
          continue
        }
        if hasValue {
          advance()
        } else if switches.contains(flag) || isAtEndOfStage || token.kind == .flag {
          let literal = Expression(kind: .literal(true), span: span)
          var argument = Argument(parameter: 0, name: flag, content: .expression(literal), span: span)
          argument.lacksValue = true
          arguments.append(argument)
          continue
        }
      }
      let position = arguments.count { $0.name == nil }
      func append(_ value: Expression) {
        arguments.append(
          Argument(parameter: position, name: name, content: .expression(value), span: span.union(value.span)))
      }
      do throws(Stop) { append(try argument(.value)) } catch {
        append(error.expression ?? missing)
        throw error
      }
    }
  }
}
