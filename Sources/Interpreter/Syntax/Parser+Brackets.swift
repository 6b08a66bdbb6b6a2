import OrderedJSON

/// Lists and records.
extension Parser {
  /// Brackets that hold plain JSON become one constant with the text as it is: order, numbers, escapes. It is tried once,
  /// at the outermost bracket.
  mutating func json() throws(Stop) -> Expression? {
    guard triesJSON, let close = matchingBracket() else { return nil }
    let span = SourceSpan(tokens[index].span.start, tokens[close].end)
    guard let value = try? JSONValue(parsing: bytes, in: span.start..<span.end) else { return nil }
    index = close
    advance()
    return Expression(kind: .literal(value.detached()), span: span)
  }

  private func matchingBracket() -> Int? {
    var open = 0
    for index in index..<tokens.count {
      switch tokens[index].kind {
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis:
        open -= 1
        if open == 0 { return index }
      case .end: return nil
      default: break
      }
    }
    return nil
  }

  mutating func list() throws(Stop) -> Expression {
    let start = token.span.start
    let items = try bracketed { parser throws(Stop) in
      var items: [Expression] = []
      while parser.token.kind != .rightBracket {
        items.append(try parser.expression())
        guard parser.skip(.comma) || parser.token.kind == .rightBracket else { throw parser.unexpected("',' or ']'") }
      }
      return items
    }
    advance()
    let span = SourceSpan(start, previousEnd)
    let constants = items.compactMap { $0.constant }
    return Expression(
      kind: constants.count == items.count ? .literal(.array(constants)) : .list(items), span: span)
  }

  mutating func record() throws(Stop) -> Expression {
    let start = token.span.start
    let pairs = try bracketed { parser throws(Stop) in
      var pairs: [(key: Expression, value: Expression)] = []
      while parser.token.kind != .rightBrace {
        pairs.append(try parser.pair())
        guard parser.skip(.comma) || parser.token.kind == .rightBrace else { throw parser.unexpected("',' or '}'") }
      }
      return pairs
    }
    advance()
    let span = SourceSpan(start, previousEnd)
    var constant = JSONObject()
    for pair in pairs {
      guard case .string(let key, _)? = pair.key.constant, let value = pair.value.constant else {
        return Expression(kind: .record(pairs), span: span)
      }
      constant[key] = value
    }
    return Expression(kind: .literal(.object(constant)), span: span)
  }

  /// Behind the bracket of a list or a record: line breaks are white space, and JSON was tried already.
  private mutating func bracketed<Result>(_ body: (inout Parser) throws(Stop) -> Result) throws(Stop) -> Result {
    let triesBefore = triesJSON
    triesJSON = false
    defer { triesJSON = triesBefore }
    return try opened { parser throws(Stop) in
      try parser.newlines(ignored: true) { parser throws(Stop) in try body(&parser) }
    }
  }

  private mutating func pair() throws(Stop) -> (key: Expression, value: Expression) {
    let token = self.token
    let key: Expression
    switch token.kind {
    case .word, .number:
      advance()
      key = Expression(kind: .literal(.string(text(token))), span: token.span)
    case .string, .rawString: key = try primary()
    default: throw unexpected("a key or '}'")
    }
    try expect(.colon, "':'")
    return (key, try expression())
  }
}
