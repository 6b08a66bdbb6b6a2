import OrderedJSON

/// Lists and records.
extension Parser {
  /// Brackets that hold plain JSON become one constant with the text as it is: order, numbers, escapes. It is tried once,
  /// at the outermost bracket.
  mutating func json() throws(Stop) -> Expression? {
    guard triesJSON, let close = matchingBracket(of: index) else { return nil }
    let span = SourceSpan(tokens[index].span.start, tokens[close].end)
    guard let value = try? JSONValue(parsing: bytes, in: span.start..<span.end) else { return nil }
    index = close
    advance()
    return Expression(kind: .literal(value.detached()), span: span)
  }

  func matchingBracket(of opening: Int) -> Int? {
    var open = 0
    for index in opening..<tokens.count {
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
    let opening = index
    var items: [Expression] = []
    do throws(Stop) {
      try bracketed { parser throws(Stop) in
        while parser.token.kind != .rightBracket {
          items.append(try parser.expression())
          guard parser.skip(.comma) || parser.token.kind == .rightBracket else {
            throw parser.unexpected(
              "',' or ']'", help: parser.commaAdvice(between: "two items"), opener: parser.openerAbove)
          }
        }
      }
    } catch {
      items += error.expression.map { [$0] } ?? []
      throw Stop(Expression(kind: .list(items), span: bracketSpan(opening).span))
    }
    advance()
    let span = SourceSpan(start, previousEnd)
    let constants = items.compactMap { $0.constant }
    return Expression(
      kind: constants.count == items.count ? .literal(.array(constants)) : .list(items), span: span)
  }

  mutating func record() throws(Stop) -> Expression {
    let start = token.span.start
    let opening = index
    var pairs: [(key: Expression, value: Expression)] = []
    do throws(Stop) {
      try bracketed { parser throws(Stop) in
        while parser.token.kind != .rightBrace {
          try parser.pair(into: &pairs)
          guard parser.skip(.comma) || parser.token.kind == .rightBrace else {
            throw parser.unexpected(
              "',' or '}'", help: parser.commaAdvice(between: "two fields"), opener: parser.openerAbove)
          }
        }
      }
    } catch {
      throw Stop(Expression(kind: .record(pairs), span: bracketSpan(opening).span))
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

  private mutating func pair(into pairs: inout [(key: Expression, value: Expression)]) throws(Stop) {
    let token = self.token
    let key: Expression
    switch token.kind {
    case .word, .number:
      advance()
      key = Expression(kind: .literal(.string(text(token))), span: token.span)
    case .string, .rawString: key = try primary()
    case .dot: throw unexpected("a key or '}'", help: "a condition stands without braces")
    default: throw unexpected("a key or '}'")
    }
    do throws(Stop) {
      try expect(.colon, "':'")
      pairs.append((key, try expression()))
    } catch {
      pairs.append((key, error.expression ?? missing))
      throw error
    }
  }
}
