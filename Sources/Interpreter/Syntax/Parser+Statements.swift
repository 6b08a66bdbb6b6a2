import Basics

extension Parser {
  static let reservedWords =
    Keyword.allCases.map { $0.rawValue } + Operator.allCases.filter { $0.isReserved }.map { $0.sign }

  /// The reserved words that start a statement.
  static let statementWords = Keyword.allCases.filter { $0.startsStatement || $0 == .if }.map { $0.rawValue }

  /// Statements up to the end or a closing bracket. One that fails is reported and skipped.
  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      while token.kind == .newline || token.kind == .semicolon { advance() }
      if hasEnough { index = tokens.count - 1 }
      if isClosing(token.kind) { return statements }
      let start = index
      do throws(Stop) {
        statements.append(try pipedStatement())
        guard token.kind == .newline || token.kind == .semicolon || isClosing(token.kind) else {
          throw unexpected("the end of the statement", help: signHelp)
        }
      } catch {
        recover(from: start)
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

  /// Skips to the next statement: over brackets that the one that starts at `start` opened, never past the one that
  /// closes this block. If a bracket is never closed, to a line that looks like a new statement.
  private mutating func recover(from start: Int) {
    let failed = index
    var open: [Token.Kind] = []
    var fallback: Int?
    index = start
    while true {
      let kind = tokens[index].kind
      switch kind {
      case .end:
        if !open.isEmpty, let fallback { index = fallback }
        return
      case .leftBrace, .leftBracket, .leftParenthesis: open.append(kind)
      case .rightParenthesis: if open.last == .leftParenthesis { open.removeLast() }
      case .rightBracket: if open.last == .leftBracket { open.removeLast() }
      case .rightBrace:
        if let brace = open.lastIndex(of: .leftBrace) {
          open.removeSubrange(brace...)
        } else if index >= failed, scopes.count > 1 {
          return
        }
      case .newline:
        // What could not go on may be the first word of the next statement.
        guard index + 1 >= failed else { break }
        if open.isEmpty {
          guard index >= failed else { break }
          if !moveToPipe() { return }
        } else if startsStatement(after: index), !open.contains(.leftBrace) {
          return
        } else if fallback == nil, startsStatement(after: index) || startsAtMargin(after: index) {
          fallback = index
        }
      case .semicolon: if index >= failed, open.isEmpty { return }
      default: break
      }
      index += 1
    }
  }

  /// Moves to the `|` that continues the statement on a line further down, if there is one.
  private mutating func moveToPipe() -> Bool {
    guard context.mode == .script else { return false }
    var ahead = index
    while tokens[ahead].kind == .newline { ahead += 1 }
    guard tokens[ahead].kind == .pipe else { return false }
    index = ahead
    return true
  }

  /// Whether the line behind this line break starts as only a statement does.
  private func startsStatement(after newline: Int) -> Bool {
    tokens[newline + 1].keyword?.startsStatement == true && !isKey(newline + 1)
  }

  /// Whether the line behind this line break starts with a word that is not indented.
  private func startsAtMargin(after newline: Int) -> Bool {
    let next = tokens[newline + 1]
    return next.kind == .word && Int(next.start) == tokens[newline].end && !isKey(newline + 1)
  }

  private func isKey(_ index: Int) -> Bool { tokens[min(index + 1, tokens.count - 1)].kind == .colon }

  mutating func statement() throws(Stop) -> Statement {
    let start = token.span.start
    let kind = try statementKind()
    return Statement(kind: kind, span: SourceSpan(start, max(start, previousEnd)))
  }

  private mutating func statementKind() throws(Stop) -> Statement.Kind {
    guard token.kind == .word else {
      if token.operation != nil, !token.isMinus {
        throw unexpected("a statement", help: "an operator that joins two lines ends the first one")
      }
      return .pipeline(try pipeline())
    }
    switch token.keyword {
    case .let: return try binding()
    case .set: return try assignment()
    case .if: return .conditional(try conditional())
    case .for: return try loop()
    case .def: return .function(try function())
    case .return:
      guard isInFunction else {
        throw stop(
          .misplacedReturn, "'return' stands in no function", token.span, help: "exit ends the script")
      }
      advance()
      return .returns(isAtEndOfStatement ? nil : try pipeline())
    case .try: return try attempt()
    case .assert:
      advance()
      let condition = try expression()
      return .assertion(condition, message: isAtEndOfStatement ? nil : try expression())
    case .source: return try sourceStatement()
    case .exit:
      advance()
      return .exit(isAtEndOfStatement ? nil : try expression())
    case .else, .catch: throw unexpected("a statement")
    case nil where token.isReserved: throw unexpected("a statement")
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
    mutated.insert(name)
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
    guard !token.isReserved else {
      throw stop(.reservedWord, "'\(text(token))' is a word of the language and cannot be a name", token.span)
    }
    let name = text(token)
    guard !ParsingContext.predefinedVariables.contains(name) else {
      throw stop(.reservedWord, "$\(name) is set by the shell", token.span)
    }
    guard !name.contains("-"), !startsWithDigit(token) else {
      throw stop(
        .badName, "'\(shown(token.span))' cannot be a variable's name", token.span,
        help: "a letter or _, then letters, digits and _ can")
    }
    advance()
    return name
  }

  private func startsWithDigit(_ token: Token) -> Bool { isDigit(bytes[Int(token.start)]) }

  mutating func conditional() throws(Stop) -> Conditional {
    advance()
    let condition = try expression()
    let then = try blockOnItsOwnLine()
    // `else` may stand on the line after the brace.
    let mark = index
    skipNewlines()
    guard tokens[index].keyword == .else else {
      index = mark
      return Conditional(condition: condition, then: then, otherwise: nil)
    }
    advance()
    skipNewlines()
    if token.keyword == .if {
      let start = token.span.start
      let nested = try self.nested { parser throws(Stop) in try parser.conditional() }
      let span = SourceSpan(start, previousEnd)
      return Conditional(
        condition: condition, then: then,
        otherwise: Block(statements: [Statement(kind: .conditional(nested), span: span)], span: span))
    }
    return Conditional(condition: condition, then: then, otherwise: try blockOnItsOwnLine())
  }

  private mutating func loop() throws(Stop) -> Statement.Kind {
    advance()
    let name = try variableName()
    guard token.operation == .isIn else { throw unexpected("'in'") }
    advance()
    skipNewlines()
    let source = try expression()
    if token.kind == .pipe { throw unexpected("'{'", help: "put the pipeline in parentheses") }
    let body = try blockOnItsOwnLine(declaring: [name])
    return .loop(name: name, source: Pipeline(head: .expression(source), tail: [], span: source.span), body: body)
  }

  private mutating func function() throws(Stop) -> FunctionDeclaration {
    advance()
    let start = token.span
    guard token.kind == .word else { throw unexpected("the function's name") }
    let name = text(token)
    guard !startsWithDigit(token) else {
      throw stop(.badName, "'\(shown(token.span))' cannot be a function's name", token.span, help: "a letter first")
    }
    guard !token.isReserved, context.registry[name] == nil, !context.registry.isGroup(name) else {
      throw stop(.nameTaken, "'\(shown(token.span))' is already a command or a word of the language", token.span)
    }
    advance()
    try expect(.leftParenthesis, "'('")
    let parameters = try newlines(ignored: true) { parser throws(Stop) in try parser.functionParameters() }
    if !context.functions.contains(name) {
      signatures.define(name, parameters.map { .init(name: $0.name, isRequired: $0.fallback == nil) })
    }
    let body = try blockOnItsOwnLine(declaring: parameters.map { $0.name } + ["in"])
    return FunctionDeclaration(
      name: name, parameters: parameters, body: body, span: SourceSpan(start.start, previousEnd))
  }

  private mutating func functionParameters() throws(Stop) -> [FunctionDeclaration.Parameter] {
    var parameters: [FunctionDeclaration.Parameter] = []
    var names: Set<String> = []
    while !skip(.rightParenthesis) {
      let span = token.span
      let name = try variableName()
      guard names.insert(name).inserted else {
        throw stop(.duplicateParameter, "the parameter '\(name)' stands here twice", span)
      }
      var fallback: Expression?
      if skip(.assign) {
        // A default may use the parameters before it.
        scopes.append(Set(parameters.map { $0.name }))
        defer { scopes.removeLast() }
        fallback = try expression()
      }
      if fallback == nil, parameters.last?.fallback != nil {
        throw stop(.missingDefault, "a parameter after one with a default needs a default too", span)
      }
      parameters.append(.init(name: name, fallback: fallback))
      guard skip(.comma) || token.kind == .rightParenthesis else { throw unexpected("',' or ')'") }
    }
    return parameters
  }

  private mutating func attempt() throws(Stop) -> Statement.Kind {
    advance()
    let body = try blockOnItsOwnLine()
    let mark = index
    skipNewlines()
    guard tokens[index].keyword == .catch else {
      index = mark
      return .attempt(body: body, errorName: nil, handler: nil)
    }
    advance()
    var name: String?
    if token.kind == .word { name = try variableName() }
    return .attempt(body: body, errorName: name, handler: try blockOnItsOwnLine(declaring: name.map { [$0] } ?? []))
  }

  /// The block that a statement needs: its brace may stand on the next line.
  private mutating func blockOnItsOwnLine(declaring names: [String] = []) throws(Stop) -> Block {
    skipNewlines()
    return try block(declaring: names)
  }

  /// `{ statements }`, a scope of its own.
  mutating func block(declaring names: [String] = []) throws(Stop) -> Block {
    guard token.kind == .leftBrace else { throw unexpected("'{'") }
    let start = token.span.start
    scopes.append(Set(names))
    defer { scopes.removeLast() }
    let statements = try opened { parser throws(Stop) in
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
      report(.unknownVariable, "there is no $\(name) here", span, help: place)
      return
    }
    let near = isReporting ? Suggestion.nearest(to: name, among: scopes.joined(), inOrder: false) : nil
    let binding = name.utf8.count <= Self.longestShown ? "bind it with: let \(name) = …" : nil
    report(
      .unknownVariable, "there is no variable $\(shown(span).trimmingPrefix("$"))", span,
      help: near.map { "did you mean $\($0)?" } ?? binding)
  }

  /// Where the variables are that are not always there.
  private static let places = [
    "in": "it is the input of a function; in each, where and the like the item is '.'",
    "_": "it is the last printed result, at the prompt",
  ]
}
