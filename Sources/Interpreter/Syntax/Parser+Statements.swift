extension Parser {
  static let reservedWords = [
    "let", "set", "if", "else", "for", "in", "def", "return", "try", "catch", "assert", "source", "exit", "true",
    "false", "null", "and", "or", "not",
  ]

  /// The reserved words that start a statement.
  static let statementWords = ["let", "set", "if", "for", "def", "return", "try", "assert", "source", "exit"]

  /// Statements up to the end or a closing bracket. One that fails is reported and skipped.
  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      while token.kind == .newline || token.kind == .semicolon { advance() }
      if hasEnough { index = tokens.count - 1 }
      if isClosing(token.kind) { return statements }
      do throws(Stop) {
        statements.append(try pipedStatement())
        guard token.kind == .newline || token.kind == .semicolon || isClosing(token.kind) else {
          throw unexpected("the end of the statement", help: signHelp)
        }
      } catch {
        recover()
      }
    }
  }

  /// A statement. What the blocks of `if`, `for` and `try` yield may go into a pipe.
  private mutating func pipedStatement() throws(Stop) -> Statement {
    let first = try statement()
    let head: Pipeline.Head
    switch first.kind {
    case .loop, .attempt: head = .statement(first)
    case .conditional(let conditional): head = .expression(effect(.conditional(conditional), first.span))
    default: return first
    }
    let pipeline = try pipeline(from: first.span.start, head)
    return pipeline.tail.isEmpty ? first : Statement(kind: .pipeline(pipeline), span: pipeline.span)
  }

  private func isClosing(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .end, .rightBrace, .rightParenthesis, .rightBracket: true
    default: false
    }
  }

  /// Skips to the next statement: over brackets opened on the way, never past the one that closes this block.
  private mutating func recover() {
    var open = 0
    while true {
      switch tokens[index].kind {
      case .end: return
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace where open == 0 && scopes.count > 1: return
      case .rightBrace, .rightBracket, .rightParenthesis: open = max(0, open - 1)
      case .newline, .semicolon: if open == 0 { return }
      default: break
      }
      index += 1
    }
  }

  mutating func statement() throws(Stop) -> Statement {
    let start = token.span.start
    let kind = try statementKind()
    return Statement(kind: kind, span: SourceSpan(start, max(start, previousEnd)))
  }

  private mutating func statementKind() throws(Stop) -> Statement.Kind {
    guard token.kind == .word else { return .pipeline(try pipeline()) }
    switch text(token) {
    case "let": return try binding()
    case "set": return try assignment()
    case "if": return .conditional(try conditional())
    case "for": return try loop()
    case "def": return .function(try function())
    case "return":
      guard isInFunction else {
        throw stop(
          "misplaced-return", "'return' stands in no function", token.span, help: "exit ends the script")
      }
      advance()
      return .returns(isAtEndOfStatement ? nil : try pipeline())
    case "try": return try attempt()
    case "assert":
      advance()
      let condition = try expression()
      return .assertion(condition, message: isAtEndOfStatement ? nil : try expression())
    case "source":
      advance()
      checksNames = false
      return .source(try argument(.file))
    case "exit":
      advance()
      return .exit(isAtEndOfStatement ? nil : try expression())
    case "else", "catch", "in", "and", "or":
      throw unexpected("a statement")
    default: return .pipeline(try pipeline())
    }
  }

  var isAtEndOfStatement: Bool {
    mutating get {
      let kind = token.kind
      return kind == .newline || kind == .semicolon || isClosing(kind)
    }
  }

  private mutating func binding() throws(Stop) -> Statement.Kind {
    advance()
    let name = try variableName()
    try expectAssign()
    let value = try pipeline()
    scopes[scopes.count - 1].insert(name)
    return .bind(name: name, value)
  }

  private mutating func assignment() throws(Stop) -> Statement.Kind {
    advance()
    let span = token.span
    let name = try variableName()
    checkVariable(name, span)
    try expectAssign()
    return .assign(name: name, try pipeline())
  }

  private mutating func expectAssign() throws(Stop) {
    try expect(.assign, "'='")
    skipNewlines()
  }

  private mutating func variableName() throws(Stop) -> String {
    if token.kind == .dollar {
      throw unexpected("a name", help: "leave out the $ here")
    }
    guard token.kind == .word else { throw unexpected("a name") }
    let name = text(token)
    guard !Self.reservedWords.contains(name) else {
      throw stop("reserved-word", "'\(name)' is a word of the language and cannot be a name", token.span)
    }
    guard !ParsingContext.predefinedVariables.contains(name) else {
      throw stop("reserved-word", "$\(name) is set by the shell", token.span)
    }
    guard !name.contains("-") else {
      throw stop("bad-name", "'\(name)' cannot be a variable's name", token.span, help: "letters, digits and _ can")
    }
    advance()
    return name
  }

  mutating func conditional() throws(Stop) -> Conditional {
    advance()
    let condition = try expression()
    let then = try block()
    // `else` may stand on the line after the brace.
    let mark = index
    skipNewlines()
    guard isWord("else") else {
      index = mark
      return Conditional(condition: condition, then: then, otherwise: nil)
    }
    advance()
    if isWord("if") {
      let start = token.span.start
      let nested = try self.nested { parser throws(Stop) in try parser.conditional() }
      let span = SourceSpan(start, previousEnd)
      return Conditional(
        condition: condition, then: then,
        otherwise: Block(statements: [Statement(kind: .conditional(nested), span: span)], span: span))
    }
    return Conditional(condition: condition, then: then, otherwise: try block())
  }

  private mutating func loop() throws(Stop) -> Statement.Kind {
    advance()
    let name = try variableName()
    guard isWord("in") else { throw unexpected("'in'") }
    advance()
    let source = try expression()
    if token.kind == .pipe { throw unexpected("'{'", help: "put the pipeline in parentheses") }
    let body = try block(declaring: [name])
    return .loop(name: name, source: Pipeline(head: .expression(source), tail: [], span: source.span), body: body)
  }

  private mutating func function() throws(Stop) -> FunctionDeclaration {
    advance()
    let start = token.span
    guard token.kind == .word else { throw unexpected("the function's name") }
    let name = text(token)
    guard !Self.reservedWords.contains(name), context.registry[name] == nil, !context.registry.isGroup(name) else {
      throw stop("name-taken", "'\(name)' is already a command or a word of the language", token.span)
    }
    advance()
    try expect(.leftParenthesis, "'('")
    let parameters = try newlines(ignored: true) { parser throws(Stop) in try parser.functionParameters() }
    let body = try block(declaring: parameters.map { $0.name } + ["in"])
    return FunctionDeclaration(
      name: name, parameters: parameters, body: body, span: SourceSpan(start.start, previousEnd))
  }

  private mutating func functionParameters() throws(Stop) -> [FunctionDeclaration.Parameter] {
    var parameters: [FunctionDeclaration.Parameter] = []
    while !skip(.rightParenthesis) {
      let span = token.span
      let name = try variableName()
      guard !parameters.contains(where: { $0.name == name }) else {
        throw stop("duplicate-parameter", "the parameter '\(name)' stands here twice", span)
      }
      var fallback: Expression?
      if skip(.assign) {
        // A default may use the parameters before it.
        scopes.append(Set(parameters.map { $0.name }))
        defer { scopes.removeLast() }
        fallback = try expression()
      }
      if fallback == nil, parameters.last?.fallback != nil {
        throw stop("missing-default", "a parameter after one with a default needs a default too", span)
      }
      parameters.append(.init(name: name, fallback: fallback))
      guard skip(.comma) || token.kind == .rightParenthesis else { throw unexpected("',' or ')'") }
    }
    return parameters
  }

  private mutating func attempt() throws(Stop) -> Statement.Kind {
    advance()
    let body = try block()
    let mark = index
    skipNewlines()
    guard isWord("catch") else {
      index = mark
      return .attempt(body: body, errorName: nil, handler: nil)
    }
    advance()
    var name: String?
    if token.kind == .word { name = try variableName() }
    return .attempt(body: body, errorName: name, handler: try block(declaring: name.map { [$0] } ?? []))
  }

  /// `{ statements }`, a scope of its own.
  mutating func block(declaring names: [String] = []) throws(Stop) -> Block {
    guard token.kind == .leftBrace else { throw unexpected("'{'") }
    let start = token.span.start
    advance()
    scopes.append(Set(names))
    defer { scopes.removeLast() }
    let statements = try nested { parser throws(Stop) in
      try parser.newlines(ignored: false) { parser throws(Stop) in
        let statements = parser.statements()
        guard parser.token.kind == .rightBrace else { throw parser.unexpected("'}'") }
        parser.advance()
        return statements
      }
    }
    return Block(statements: statements, span: SourceSpan(start, previousEnd))
  }

  /// How the language says what the sign at hand means elsewhere.
  var signHelp: String? {
    mutating get {
      switch text(token) {
      case "=": "== compares; let x = … binds"
      case "&": "and joins conditions"
      case "|": token.isSpaced ? nil : "or joins conditions"
      case "!": "not negates a condition"
      default: nil
      }
    }
  }

  /// Only there `$in` is a variable.
  private var isInFunction: Bool { scopes.contains { $0.contains("in") } }

  mutating func checkVariable(_ name: String, _ span: SourceSpan) {
    guard checksNames, !scopes.contains(where: { $0.contains(name) }) else { return }
    if let place = Self.places[name] {
      report("unknown-variable", "there is no $\(name) here", span, help: place)
      return
    }
    let near = Suggestion.nearest(to: name, among: scopes.joined().sorted())
    report(
      "unknown-variable", "there is no variable $\(name)", span,
      help: near.map { "did you mean $\($0)?" } ?? "bind it with: let \(name) = …")
  }

  /// Where the variables are that are not always there.
  private static let places = [
    "in": "it is the input of a function; in each, where and the like the item is '.'",
    "_": "it is the last printed result, at the prompt",
  ]
}
