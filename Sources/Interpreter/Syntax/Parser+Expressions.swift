import OrderedJSON

extension Parser {
  mutating func expression() throws(Stop) -> Expression {
    do throws(Stop) {
      return try nested { parser throws(Stop) in try parser.expression(Precedence.coalesce.rawValue) }
    } catch {
      throw Stop(error.expression ?? missing)
    }
  }

  /// Precedence climbing: reads operators that bind at least as tightly as `minimum`.
  private mutating func expression(_ minimum: Int) throws(Stop) -> Expression {
    let around = height
    height = 0
    defer { height = max(height, around) }
    var left = try operand(minimum)
    while let operation = token.operation, operation.precedence.rawValue >= minimum {
      let level = operation.precedence
      let leftHeight = height
      height = 0
      let operatorSpan = token.span
      advance()
      skipNewlines()
      // `??` groups to the right, so that `a ?? b ?? c` asks for each only when it must.
      let right: Expression
      do throws(Stop) {
        right = try nested { parser throws(Stop) in
          try parser.expression(level == .coalesce ? level.rawValue : level.rawValue + 1)
        }
      } catch {
        let operands = Expression.Kind.binary(operation, left, error.expression ?? missing, operatorSpan)
        throw unfinished(operands, from: left.span.start)
      }
      height = max(height, leftHeight)
      try grow(operatorSpan)
      checkPattern(of: operation, right)
      left = Expression(kind: .binary(operation, left, right, operatorSpan), span: left.span.union(right.span))
      if level == .comparison, token.operation?.precedence == .comparison {
        throw stop(
          .chainedComparison, "comparisons do not chain", token.span, help: "join them with and, or use parentheses")
      }
    }
    return left
  }

  /// A regular expression that is known now is checked now.
  private mutating func checkPattern(of operation: Operator, _ right: Expression) {
    if operation == .like { checkWildcards(right) }
    guard operation == .matches || operation == .doesNotMatch, case .string(let pattern, _)? = right.constant else {
      return
    }
    do throws(Failure) { _ = try PatternCache.pattern(pattern) } catch { report(error.code, error.message, right.span) }
  }

  private mutating func operand(_ minimum: Int) throws(Stop) -> Expression {
    guard token.keyword == .not else { return try unary() }
    let start = token.span.start
    guard minimum <= Precedence.not.rawValue else {
      throw stop(
        .misplacedNot, "'not' binds less tightly than the operator before it", token.span,
        help: "put it in parentheses: (not …)")
    }
    advance()
    skipNewlines()
    let operand: Expression
    do throws(Stop) {
      operand = try nested { parser throws(Stop) in try parser.expression(Precedence.not.rawValue) }
    } catch {
      throw unfinished(.not(error.expression ?? missing), from: start)
    }
    try grow(operand.span)
    return Expression(kind: .not(operand), span: SourceSpan(start, operand.span.end))
  }

  /// An expression that ends where white space or another word begins.
  mutating func keyExpression() throws(Stop) -> Expression {
    try nested { parser throws(Stop) in try parser.unary() }
  }

  private mutating func unary() throws(Stop) -> Expression {
    guard token.isMinus else { return try postfix() }
    let start = token.span.start
    advance()
    skipNewlines()
    let operand: Expression
    do throws(Stop) { operand = try nested { parser throws(Stop) in try parser.unary() } } catch {
      throw unfinished(.negate(error.expression ?? missing), from: start)
    }
    try grow(operand.span)
    let span = SourceSpan(start, operand.span.end)
    // A negative number keeps its text: `-0`, `-1.10`.
    if case .literal(.number(let number)) = operand.kind, let negative = JSONNumber("-" + number.text) {
      return Expression(kind: .literal(.number(negative)), span: span)
    }
    return Expression(kind: .negate(operand), span: span)
  }

  /// A primary with the path steps that stand right behind it.
  mutating func postfix() throws(Stop) -> Expression {
    let startsWithDot = token.kind == .dot
    let base = try primary()
    var steps: [PathStep] = []
    do throws(Stop) {
      let isBaseOptional = try self.steps(startsWithDot: startsWithDot, &steps)
      return path(base, steps, isBaseOptional)
    } catch {
      throw steps.isEmpty
        ? Stop(base) : unfinished(.path(base, steps), from: base.span.start)
    }
  }

  /// - Returns: whether a `?` stands right behind the base.
  private mutating func steps(startsWithDot: Bool, _ steps: inout [PathStep]) throws(Stop) -> Bool {
    var isBaseOptional = false
    if startsWithDot { try firstStep(&steps) }
    while !tokens[index].isSpaced {
      switch tokens[index].kind {
      case .dot:
        advance()
        try step(&steps)
      case .leftBracket: try bracketStep(&steps)
      case .question:
        if let last = steps.indices.last {
          steps[last].isOptional = true
        } else {
          // `$x?.a`
          guard !following.isSpaced, following.kind == .dot || following.kind == .leftBracket else {
            throw unexpected("a field before '?'")
          }
          isBaseOptional = true
        }
        advance()
      default: return isBaseOptional
      }
    }
    return isBaseOptional
  }

  private func path(_ base: Expression, _ steps: [PathStep], _ isBaseOptional: Bool) -> Expression {
    guard !steps.isEmpty else { return base }
    var steps = steps
    for index in steps.indices.dropFirst().reversed() where steps[index - 1].isOptional {
      steps[index].isOptional = true
    }
    if isBaseOptional { steps[0].isOptional = true }
    return Expression(kind: .path(base, steps), span: SourceSpan(base.span.start, previousEnd))
  }

  /// The step that may follow the dot of `.name` at once.
  private mutating func firstStep(_ steps: inout [PathStep]) throws(Stop) {
    guard !tokens[index].isSpaced else { return }
    switch tokens[index].kind {
    case .word, .string, .number: try step(&steps)
    default: break
    }
  }

  private mutating func step(_ steps: inout [PathStep]) throws(Stop) {
    let token = tokens[index]
    let missing = PathStep(
      kind: .missing, isOptional: false,
      span: token.kind == .unterminatedString && !token.isSpaced ? token.span : SourceSpan(previousEnd, previousEnd))
    guard !token.isSpaced else {
      steps.append(missing)
      throw unexpected("a field's name behind the dot")
    }
    switch token.kind {
    case .word:
      steps.append(PathStep(kind: .key(text(token)), isOptional: false, span: token.span))
      advance()
      if tokens[index].isMinus, !tokens[index].isSpaced, following.kind == .word, !following.isSpaced {
        let name = shown(token.span) + "-" + shown(following.span)
        throw stop(
          .ambiguousMinus, "is this the key '\(name)' or a subtraction?", token.span.union(following.span),
          help: "write .\"\(name)\" for the key, or spaces around the minus")
      }
    case .string:
      guard case .literal(.string(let key, _)) = try primary().kind else {
        throw stop(.badPath, "a path's keys have no interpolations", token.span, help: "use [\"…\"] instead")
      }
      steps.append(PathStep(kind: .key(key), isOptional: false, span: token.span))
    case .number:
      guard let number = Int(text(token)) else { throw unexpected("an index") }
      steps.append(PathStep(kind: .index(number), isOptional: false, span: token.span))
      advance()
    // jq's way to write it.
    case .leftBracket: try bracketStep(&steps)
    default:
      steps.append(missing)
      throw unexpected("a field's name behind the dot")
    }
  }

  private mutating func bracketStep(_ steps: inout [PathStep]) throws(Stop) {
    let start = token.span.start
    let opening = index
    let inner: Expression
    do throws(Stop) {
      inner = try opened { parser throws(Stop) in
        try parser.newlines(ignored: true) { parser throws(Stop) in
          let inner = try parser.expression()
          guard parser.token.kind == .rightBracket else { throw parser.unexpected("']'", behind: .expression(inner)) }
          return inner
        }
      }
    } catch {
      let span = bracketSpan(opening).span
      steps.append(PathStep(kind: .computed(error.expression ?? missing), isOptional: false, span: span))
      throw error
    }
    advance()
    let span = SourceSpan(start, previousEnd)
    let kind: PathStep.Kind =
      switch inner.constant {
      case .string(let key, _)?: .key(key)
      case .number(let number)? where number.int != nil: .index(number.int ?? 0)
      default: .computed(inner)
      }
    steps.append(PathStep(kind: kind, isOptional: false, span: span))
  }

  mutating func primary() throws(Stop) -> Expression {
    let token = self.token
    switch token.kind {
    case .number:
      advance()
      guard let number = JSONNumber(text(token)) else {
        let stop = stop(.badNumber, "'\(shown(token.span))' is not a number", token.span, help: "no leading zeros")
        throw stop.at(token)
      }
      return Expression(kind: .literal(.number(number)), span: token.span)
    case .string:
      advance()
      return try string(token)
    case .rawString:
      advance()
      let span = SourceSpan(token.span.start + 1, token.span.end - 1)
      return Expression(kind: .literal(.string(source.text(span))), span: token.span)
    case .dot:
      advance()
      return Expression(kind: .item, span: token.span)
    case .dollar: return try variable()
    case .at: return try file(isItem: !triesJSON)
    case .leftParenthesis: return try parenthesis()
    case .leftBracket:
      if let json = try json() { return json }
      return try list()
    case .leftBrace:
      if let json = try json() { return json }
      return try record()
    case .word:
      do throws(Stop) { return try word(token) } catch { throw error.expression == nil ? error.at(token) : error }
    case .unterminatedString:
      let string = unfinishedString(token)
      _ = unexpected("a value")
      throw Stop(string)
    default: throw unexpected("a value")
    }
  }

  private mutating func word(_ token: Token) throws(Stop) -> Expression {
    let literal: JSONValue
    switch token.keyword {
    case .true: literal = true
    case .false: literal = false
    case .null: literal = nil
    case .if:
      let conditional = try self.conditional()
      return effect(.conditional(conditional), SourceSpan(token.span.start, previousEnd))
    case let keyword? where keyword.startsStatement && keyword.isReserved: throw unexpected("a value")
    default:
      let word = text(token)
      throw stop(
        .bareWord, "'\(shown(token.span))' is no value here", token.span,
        help: word.utf8.count > Self.longestShown ? "a string needs quotes" : advice(insteadOfWord: word))
    }
    advance()
    return Expression(kind: .literal(literal), span: token.span)
  }

  private mutating func variable() throws(Stop) -> Expression {
    let start = token.span
    advance()
    let word = tokens[index]
    guard word.kind == .word, !word.isSpaced else {
      _ = stop(
        .missingName, "a variable's name should follow the $", start, help: ForeignSign.advice(behindDollar: word))
      throw Stop(Expression(kind: .missing, span: start))
    }
    let name = text(word)
    let span = start.union(word.span)
    advance()
    if name == Self.scriptVariable, let place = scriptPlace { return Expression(kind: .literal(place), span: span) }
    checkVariable(name, span)
    noteReading(of: name)
    return Expression(kind: .variable(name), span: span)
  }

  mutating func parenthesis() throws(Stop) -> Expression {
    let start = token.span.start
    let opening = index
    let inner: Pipeline
    do throws(Stop) {
      inner = try opened { parser throws(Stop) in
        try parser.newlines(ignored: true) { parser throws(Stop) in
          let inner = try parser.pipeline()
          guard parser.token.kind == .rightParenthesis else { throw parser.unexpected("')'", behind: .pipeline(inner)) }
          return inner
        }
      }
    } catch {
      throw unfinishedParenthesis(error, opening)
    }
    advance()
    return expression(of: inner, SourceSpan(start, previousEnd))
  }

  /// A pipeline that is only an expression needs no running.
  private mutating func expression(of pipeline: Pipeline, _ span: SourceSpan) -> Expression {
    if case .expression(let expression) = pipeline.head, pipeline.tail.isEmpty {
      return Expression(kind: expression.kind, span: span)
    }
    return effect(.pipeline(pipeline), span)
  }
}
