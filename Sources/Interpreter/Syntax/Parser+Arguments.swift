import OrderedJSON

extension Parser {
  /// One argument in command position: a word, a string, a variable, a path, brackets, or a file's contents.
  /// - Parameter isItem: whether it is an item of a list or a record, where a comma ends a word.
  mutating func argument(_ shape: ParameterShape, isItem: Bool = false) throws(Stop) -> Expression {
    _ = token
    let first = index
    do throws(Stop) { return try word(shape, isItem: isItem) } catch {
      throw error.expression == nil ? Stop(written(from: first)) : error
    }
  }

  private mutating func word(_ shape: ParameterShape, isItem: Bool) throws(Stop) -> Expression {
    switch token.kind {
    case .string, .rawString:
      let string = try primary()
      guard !continuesWord || isItem && token.kind == .comma else {
        throw stop(
          .mixedWord, "a string and a bare word stand together here", string.span.union(token.span),
          help: "put the whole word in quotes")
      }
      return string
    case .dollar, .leftParenthesis, .leftBracket, .leftBrace:
      let value = try postfix()
      guard !continuesWord || isItem && token.kind == .comma else {
        throw stop(
          .mixedWord, "a value and a bare word stand together here", value.span.union(token.span),
          help: "to compute: ( … ); to join: \"\\(…)…\"")
      }
      return value
    case .at: return try file()
    case .dot where startsItemPath && (shape != .file || hasItem && isWholePath): return try postfix()
    case .unterminatedString: return try primary()
    default: return try bareWord(shape, isItem: isItem)
    }
  }

  /// `.`, `.name`, `."name"`, `.0` and `.[…]`, but not `./file` and `..`.
  private var startsItemPath: Bool {
    let next = following
    if next.isSpaced { return true }
    switch next.kind {
    case .word, .number, .string, .leftBracket, .pipe, .rightBrace, .rightParenthesis, .rightBracket, .newline,
      .semicolon,
      .end, .question:
      return true
    default: return false
    }
  }

  /// Whether the word is a path to its end: `.file` and `.names[0]`, but not `.config/a.json`.
  private var isWholePath: Bool {
    var next = index + 1
    while !tokens[next].isSpaced, isWordPart(tokens[next].kind) {
      switch tokens[next].kind {
      case .word, .number, .dot, .question: next += 1
      default: return false
      }
    }
    return true
  }

  private var continuesWord: Bool {
    mutating get { !token.isSpaced && isWordPart(token.kind) }
  }

  func isWordPart(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .newline, .semicolon, .pipe, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace,
      .rightBrace, .end, .string, .rawString, .unterminatedString:
      false
    default: true
    }
  }

  private mutating func bareWord(_ shape: ParameterShape, isItem: Bool) throws(Stop) -> Expression {
    let first = token
    guard isWordPart(first.kind) else { throw unexpected("an argument") }
    if first.kind == .other, bytes[Int(first.start)] == UInt8(ascii: "`") {
      throw stop(.unexpectedToken, "backticks quote nothing", first.span, help: ForeignSign.advice(for: "`"))
    }
    advance()
    while !tokens[index].isSpaced, isWordPart(tokens[index].kind), !isItem || tokens[index].kind != .comma {
      if tokens[index].kind == .dollar, following.kind == .word, !following.isSpaced {
        throw stop(
          .mixedWord, "a variable inside a bare word is not filled in", tokens[index].span.union(following.span),
          help: "write a string: \"…\\($\(text(following)))…\"")
      }
      advance()
    }
    let next = tokens[index]
    if !next.isSpaced, next.kind == .string || next.kind == .rawString {
      throw stop(
        .mixedWord, "a bare word and a string stand together here", first.span.union(next.span),
        help: "put the whole word in quotes")
    }
    let span = SourceSpan(first.span.start, previousEnd)
    return Expression(kind: .literal(Self.value(ofWord: source.text(span), shape)), span: span)
  }

  /// Where any value, a number or a boolean is expected, words that are JSON scalars mean those.
  static func value(ofWord word: String, _ shape: ParameterShape) -> JSONValue {
    switch shape {
    case .value, .integer, .boolean, .record:
      switch word {
      case "true": true
      case "false": false
      case "null": nil
      default: JSONNumber(word).map { .number($0) } ?? .string(word)
      }
    default: .string(word)
    }
  }

  /// `@file`, `@"file"`, `@$variable`, `@-`.
  mutating func file(isItem: Bool = false) throws(Stop) -> Expression {
    let start = token.span
    advance()
    guard !token.isSpaced, !isAtEndOfStage else {
      _ = stop(.missingFile, "a file's name should follow the @", start)
      throw Stop(effect(.file(missing), start))
    }
    if token.isMinus, following.isSpaced || !isWordPart(following.kind) || isItem && following.kind == .comma {
      advance()
      return effect(.file(nil), SourceSpan(start.start, previousEnd))
    }
    // `@.name` is the file of that name.
    let outside = hasItem
    hasItem = false
    defer { hasItem = outside }
    let path: Expression
    do throws(Stop) { path = try nested { parser throws(Stop) in try parser.argument(.file, isItem: isItem) } } catch {
      let path = error.expression ?? missing
      throw Stop(effect(.file(path), start.union(path.span)))
    }
    return effect(.file(path), SourceSpan(start.start, previousEnd))
  }

  mutating func effect(_ kind: Effect.Kind, _ span: SourceSpan) -> Expression {
    nextEffect += 1
    return Expression(kind: .effect(Effect(kind: kind, number: nextEffect, span: span)), span: span)
  }

  /// A path as `select` and `get` take it: the leading dot may be left out, and names may have hyphens. `.` alone is
  /// the item.
  /// - Parameter steps: what was read of it is here also when it is wrong.
  mutating func path(_ steps: inout [PathStep]) throws(Stop) -> Path {
    let start = token.span.start
    let startsWithDot = skip(.dot)
    if startsWithDot, tokens[index].isSpaced || !isPathStep(tokens[index].kind) {
      guard tokens[index].isSpaced || !isWordPart(tokens[index].kind) else { throw unexpected("a field's name") }
      return Path([], text: "")
    }
    try appendStep(to: &steps)
    while !tokens[index].isSpaced {
      switch tokens[index].kind {
      case .dot:
        advance()
        try appendStep(to: &steps)
      case .leftBracket: try appendStep(to: &steps)
      case .question:
        advance()
        steps[steps.count - 1].isOptional = true
      case let kind:
        guard !isWordPart(kind) else {
          if tokens[index].isMinus {
            let key = steps.removeLast().span.union(tokens[index].span)
            steps.append(PathStep(kind: .missing, isOptional: false, span: key))
          }
          throw unexpected(
            "a field such as id or .payload.amount", help: kind == .comma ? "no commas between them" : nil)
        }
        return finished(&steps, from: start)
      }
    }
    return finished(&steps, from: start)
  }

  private func finished(_ steps: inout [PathStep], from start: Int) -> Path {
    for index in steps.indices.dropFirst() where steps[index - 1].isOptional {
      if case .key = steps[index].kind { steps[index].isOptional = true }
    }
    let plain = steps.compactMap { $0.plain }
    if plain.count == 1, case .key(let key) = plain[0] { return Path(plain, text: key) }
    let text = source.text(SourceSpan(start, previousEnd))
    return Path(plain, text: text.hasPrefix(".") ? String(text.dropFirst()) : text)
  }

  private mutating func appendStep(to steps: inout [PathStep]) throws(Stop) {
    let current = token
    let start = current.isSpaced && !steps.isEmpty ? previousEnd : current.span.start
    let kind: PathStep.Kind
    do throws(Stop) { kind = try stepKind(isFirst: steps.isEmpty) } catch {
      let isString = current.kind == .unterminatedString && start == current.span.start
      let span = isString ? current.span : SourceSpan(start, start)
      steps.append(PathStep(kind: .missing, isOptional: false, span: span))
      throw error
    }
    steps.append(PathStep(kind: kind, isOptional: false, span: SourceSpan(start, previousEnd)))
  }

  private mutating func stepKind(isFirst: Bool) throws(Stop) -> PathStep.Kind {
    let current = token
    guard isFirst || !current.isSpaced else { throw unexpected("a field's name behind the dot") }
    switch current.kind {
    case .word:
      var key = text(current)
      advance()
      // `.content-type` reaches us as a name, a minus and a name.
      while tokens[index].isMinus, !tokens[index].isSpaced, following.kind == .word, !following.isSpaced {
        advance()
        key += "-" + text(tokens[index])
        advance()
      }
      return .key(key)
    case .string, .rawString:
      guard case .literal(.string(let key, _)) = try primary().kind else {
        throw stop(.badPath, "a path has no interpolations", current.span)
      }
      return .key(key)
    case .number:
      guard let number = Int(text(current)) else { throw unexpected("a field's name") }
      advance()
      return .index(number)
    case .leftBracket: return try bracketedStep()
    case .leftParenthesis where isFirst:
      throw unexpected(
        "a field such as id or .payload.amount", help: "where CONDITION keeps items; each { … } computes with each")
    default: throw unexpected("a field such as id or .payload.amount")
    }
  }

  private func isPathStep(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .word, .number, .string, .rawString, .leftBracket: true
    default: false
    }
  }

  private mutating func bracketedStep() throws(Stop) -> PathStep.Kind {
    try expect(.leftBracket, "'['")
    let inner = try newlines(ignored: true) { parser throws(Stop) in try parser.expression() }
    try expect(.rightBracket, "']'")
    switch inner.constant {
    case .string(let key, _)?: return .key(key)
    case .number(let number)?:
      if let index = number.int { return .index(index) }
      fallthrough
    default: throw stop(.badPath, "expected a number or a string in the brackets", inner.span)
    }
  }
}
