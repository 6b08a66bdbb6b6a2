extension Parser {
  /// The block that a statement needs: its brace may stand on the next line.
  mutating func blockOnItsOwnLine(declaring names: [String] = []) throws(Stop) -> Block {
    skipNewlines()
    return try block(declaring: names)
  }

  /// `{ statements }`, a scope of its own; or a record, which is what the block yields.
  mutating func block(declaring names: [String] = []) throws(Stop) -> Block {
    guard token.kind == .leftBrace else {
      let missing = missingBlock
      _ = unexpected("'{'", help: token.kind == .end ? nil : "a block stands in braces: { … }")
      throw Stop(missing)
    }
    scopes.append(Set(names))
    defer { endScope() }
    if startsRecord { return try recordBlock() }
    let start = token.span.start
    let opening = index
    var statements: [Statement] = []
    do throws(Stop) {
      try opened { parser throws(Stop) in
        try parser.newlines(ignored: false) { parser throws(Stop) in
          if let stop = parser.blockParameters() { throw stop }
          statements = parser.statements()
          guard parser.token.kind == .rightBrace else { throw parser.unexpected("'}'") }
          parser.advance()
        }
      }
    } catch {
      let (span, isClosed) = bracketSpan(opening)
      throw Stop(Block(statements: statements, span: span, isClosed: isClosed))
    }
    return Block(statements: statements, span: SourceSpan(start, previousEnd))
  }

  /// Whether a brace begins a record: a key and a colon follow. In `{ print :8080 }` the colon begins an argument.
  private var startsRecord: Bool {
    var next = index + 1
    while tokens[next].kind == .newline { next += 1 }
    switch tokens[next].kind {
    case .word:
      let colon = tokens[next + 1]
      return colon.kind == .colon && (!colon.isSpaced || tokens[next + 2].isSpaced)
    case .string, .rawString, .number: return tokens[next + 1].kind == .colon
    default: return false
    }
  }

  private mutating func recordBlock() throws(Stop) -> Block {
    let opening = index
    func block(_ record: Expression, isClosed: Bool) -> Block {
      let pipeline = Pipeline(head: .expression(record), tail: [], span: record.span)
      let statement = Statement(kind: .pipeline(pipeline), span: record.span)
      return Block(statements: [statement], span: record.span, isClosed: isClosed)
    }
    do throws(Stop) { return block(try primary(), isClosed: true) } catch {
      let (span, isClosed) = bracketSpan(opening)
      guard let record = error.expression else { throw Stop(Block(statements: [], span: span, isClosed: isClosed)) }
      throw Stop(block(record, isClosed: isClosed))
    }
  }
}
