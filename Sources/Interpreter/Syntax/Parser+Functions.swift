extension Parser {
  mutating func function() throws(Stop) -> FunctionDeclaration {
    advance()
    let isKept = token.kind == .flag && text(token) == "--keep"
    if isKept { advance() }
    let start = token.span
    let name: String
    let parameters: [FunctionDeclaration.Parameter]
    do throws(Stop) { (name, parameters) = try functionHead() } catch { throw unfinished(.missing(.def, name: nil)) }
    do throws(Stop) {
      bindings.beginFunction()
      defer { bindings.endFunction() }
      // What the item is at the call is nothing that a function sees.
      let outside = hasItem
      hasItem = false
      defer { hasItem = outside }
      let body = try blockOnItsOwnLine(declaring: parameters.map { $0.variable } + ["in"])
      return FunctionDeclaration(
        name: name, parameters: parameters, body: body, span: SourceSpan(start.start, previousEnd),
        isKept: isKept)
    } catch {
      let body = error.block ?? missingBlock
      let span = unfinishedSpan(from: start.start, [.block(body)])
      throw unfinished(.function(FunctionDeclaration(name: name, parameters: parameters, body: body, span: span)))
    }
  }

  /// Its name and its parameters, which are known from here on.
  private mutating func functionHead() throws(Stop) -> (String, [FunctionDeclaration.Parameter]) {
    guard token.kind == .word else { throw unexpected("the function's name") }
    let name = text(token)
    guard !startsWithDigit(token) else {
      throw stop(.badName, "'\(shown(token.span))' cannot be a function's name", token.span, help: "a letter first")
    }
    guard !token.isReserved, context.registry[name] == nil, !context.registry.isGroup(name) else {
      throw stop(.nameTaken, "'\(shown(token.span))' is already a command or a word of the language", token.span)
    }
    let written = shown(token.span)
    advance()
    guard skip(.leftParenthesis) else {
      throw unexpected(
        "'('", help: token.kind == .end ? nil : "parameters stand in parentheses: def \(written)(a, b) { … }")
    }
    let parameters = try newlines(ignored: true) { parser throws(Stop) in try parser.functionParameters() }
    signatures.define(name, context.functions.contains(name) ? nil : parameters)
    return (name, parameters)
  }

  private mutating func functionParameters() throws(Stop) -> [FunctionDeclaration.Parameter] {
    var parameters: [FunctionDeclaration.Parameter] = []
    var names: Set<String> = []
    while !skip(.rightParenthesis) {
      let span = token.span
      let parameter = try functionParameter(behind: parameters)
      guard names.insert(parameter.variable).inserted else {
        throw stop(.duplicateParameter, "the parameter '\(parameter.name)' stands here twice", span)
      }
      if parameter.form == .positional || parameter.form == .rest {
        if let rest = parameters.first(where: { $0.form == .rest }) {
          throw stop(
            .unexpectedToken, "...\(rest.name) takes all that is left, so that only flags can stand behind it", span)
        }
        if parameter.isRequired, parameters.contains(where: { $0.form == .positional && $0.fallback != nil }) {
          throw stop(.missingDefault, "a parameter after one with a default needs a default too", span)
        }
      }
      parameters.append(parameter)
      guard skip(.comma) || token.kind == .rightParenthesis else { throw unexpected("',' or ')'") }
    }
    return parameters
  }

  /// `name`, `name = default`, `--name = default`, `--name` or `...name`.
  private mutating func functionParameter(
    behind others: [FunctionDeclaration.Parameter]
  ) throws(Stop) -> FunctionDeclaration.Parameter {
    if token.kind == .flag { return try functionFlag(behind: others) }
    if isEllipsis {
      for _ in 0..<3 { advance() }
      return .init(name: try variableName(), form: .rest, fallback: nil)
    }
    let name = try variableName()
    return .init(name: name, form: .positional, fallback: try fallback(behind: others))
  }

  private mutating func functionFlag(
    behind others: [FunctionDeclaration.Parameter]
  ) throws(Stop) -> FunctionDeclaration.Parameter {
    let flag = token
    let name = String(text(flag).dropFirst(2))
    let isTaken =
      name == Command.explainFlag || ParsingContext.predefinedVariables.contains(name)
      || Keyword(rawValue: name)?.isReserved == true || Operator.allCases.contains { $0.isReserved && $0.sign == name }
    guard !isTaken, !name.hasSuffix("-"), name.utf8.count <= Self.longestShown else {
      throw stop(.reservedWord, "'\(shown(flag.span))' cannot be a flag's name", flag.span)
    }
    advance()
    let fallback = try fallback(behind: others)
    return .init(name: name, form: fallback == nil ? .flag : .option, fallback: fallback)
  }

  private mutating func fallback(behind others: [FunctionDeclaration.Parameter]) throws(Stop) -> Expression? {
    guard skip(.assign) else { return nil }
    // A default may use the parameters before it.
    scopes.append(Set(others.map { $0.variable }))
    defer { scopes.removeLast() }
    return try expression()
  }

  private var isEllipsis: Bool {
    mutating get {
      guard token.kind == .dot, index + 3 < tokens.count else { return false }
      return tokens[index + 1].kind == .dot && !tokens[index + 1].isSpaced && tokens[index + 2].kind == .dot
        && !tokens[index + 2].isSpaced
    }
  }

  /// Notes which flags of a function take no value, before its calls are read, which may stand above it.
  mutating func collectSwitches(of name: String, behind index: Int) {
    guard index < tokens.count, tokens[index].kind == .leftParenthesis else { return }
    var found = switchesOfText[name] ?? []
    var depth = 0
    // No token is looked at twice: the next `def` begins a list of its own.
    for place in index..<tokens.count where tokens[place].kind != .newline {
      switch tokens[place].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .flag where depth == 1:
        var next = place + 1
        while next < tokens.count - 1, tokens[next].kind == .newline { next += 1 }
        if tokens[next].kind != .assign { found.insert(String(text(tokens[place]).dropFirst(2))) }
      default: break
      }
      if depth == 0 || tokens[place].keyword == .def || tokens[place].kind == .end { break }
    }
    switchesOfText[name] = found
  }

  /// The flags of a function that take no value, as far as that is known where it is called.
  func switches(of name: String) -> Set<String> {
    if let switches = switchesOfText[name] { return switches }
    let parameters = signatures.parameters(of: name) ?? context.declarations[name]?.parameters ?? []
    return Set(parameters.filter { $0.form == .flag }.map { $0.name })
  }
}
