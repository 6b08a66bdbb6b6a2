import OrderedJSON

/// Tells what each piece of a text is, by the tokens and the tree that the text is run by.
public struct Highlighter {
  private let bytes: [UInt8]
  private let tokens: [Token]
  private var kinds: [Highlight.Kind?]

  /// Pieces that do not overlap, in the order of the text. What is neither of the kinds, such as a bare word, is in none.
  /// - Parameter cursor: a UTF-8 offset, for the bracket that stands there or before it; `nil` for none.
  public static func highlights(_ result: ParseResult, cursor: Int?) -> [Highlight] {
    guard result.program.source.bytes.count <= Parser.maximumLength else { return [] }
    var highlighter = Highlighter(result.program.source.bytes)
    highlighter.markTokens(highlighter.tokens)
    highlighter.markComments()
    highlighter.markTree(result.program)
    highlighter.markBrackets(cursor: cursor)
    highlighter.markMistakes(result)
    return highlighter.runs()
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens = Lexer.tokens(bytes, in: 0..<bytes.count)
    kinds = Array(repeating: nil, count: bytes.count)
  }

  private mutating func mark(_ range: Range<Int>, _ kind: Highlight.Kind?) {
    for index in range.clamped(to: 0..<kinds.count) { kinds[index] = kind }
  }

  private mutating func mark(_ span: SourceSpan, _ kind: Highlight.Kind?) {
    if span.start < span.end { mark(span.start..<span.end, kind) }
  }

  private func runs() -> [Highlight] {
    var runs: [Highlight] = []
    var start = 0
    while start < kinds.count {
      var end = start + 1
      while end < kinds.count, kinds[end] == kinds[start] { end += 1 }
      if let kind = kinds[start] { runs.append(Highlight(start..<end, kind)) }
      start = end
    }
    return runs
  }

  // MARK: Tokens

  private mutating func markTokens(_ tokens: [Token]) {
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .string, .rawString: mark(token.span, .string)
      case .unterminatedString:
        mark(token.span, .string)
        mark(Int(token.start)..<Int(token.start) + 1, .unclosed)
      case .number: mark(token.span, .number)
      case .flag: mark(token.span, .flag)
      case .pipe, .sign, .assign, .at, .question: mark(token.span, .sign)
      case .dollar:
        mark(token.span, .variable)
        if index + 1 < tokens.count, tokens[index + 1].kind == .word, !tokens[index + 1].isSpaced {
          mark(tokens[index + 1].span, .variable)
        }
      default: break
      }
    }
  }

  /// Between tokens stand white space and comments.
  private mutating func markComments() {
    var end = 0
    for token in tokens {
      if let sign = bytes[end..<max(end, Int(token.start))].firstIndex(of: UInt8(ascii: "#")) {
        mark(sign..<Int(token.start), .comment)
      }
      end = token.end
    }
  }

  // MARK: The tree

  private mutating func markTree(_ program: Program) {
    // A walk hands out no mutable state, so what it finds is marked afterwards.
    var found: [(span: SourceSpan, kind: Highlight.Kind?)] = []
    var inner: [SourceSpan] = []
    SyntaxNode.block(program.block).walk { node in
      switch node {
      case .call(let call), .stage(let call): found += words(of: call)
      case .statement(let statement): found += keywords(of: statement)
      case .expression(let expression): inspect(expression, &found, &inner)
      case .pipeline, .block, .itemBlock: break
      }
      return .descend
    }
    for span in inner {
      mark(span, nil)
      markTokens(Lexer.tokens(bytes, in: span.start..<span.end))
    }
    for (span, kind) in found { mark(span, kind) }
  }

  private func words(of call: CommandCall) -> [(span: SourceSpan, kind: Highlight.Kind?)] {
    let kind: Highlight.Kind? =
      switch call.callee {
      case .command, .function: .command
      case .missing: nil
      }
    var words = [(span: call.nameSpan, kind: kind)]
    for argument in call.arguments {
      if case .path = argument.content { words.append((argument.span, nil)) }
    }
    return words
  }

  private func keywords(of statement: Statement) -> [(span: SourceSpan, kind: Highlight.Kind?)] {
    guard let first = token(at: statement.span.start), first.kind == .word else { return [] }
    var words: [(span: SourceSpan, kind: Highlight.Kind?)] = []
    func add(_ keyword: Keyword, between start: Int, and end: Int) {
      guard let token = tokens.first(where: { Int($0.start) >= start && $0.end <= end && $0.keyword == keyword }) else {
        return
      }
      words.append((token.span, .keyword))
    }
    switch statement.kind {
    case .pipeline: return []
    case .conditional(let conditional):
      if let otherwise = conditional.otherwise {
        add(.else, between: conditional.then.span.end, and: otherwise.span.start)
      }
    case .loop(_, let source, _):
      if let token = tokens.last(where: { $0.end <= source.span.start && $0.operation == .isIn }) {
        words.append((token.span, .keyword))
      }
    case .attempt(let attempt):
      if let handler = attempt.handler { add(.catch, between: attempt.body.span.end, and: handler.span.start) }
      if let cleanUp = attempt.cleanUp {
        add(.finally, between: (attempt.handler ?? attempt.body).span.end, and: cleanUp.span.start)
      }
    default: break
    }
    if first.keyword != nil { words.append((first.span, .keyword)) }
    return words
  }

  private func inspect(
    _ expression: Expression, _ found: inout [(span: SourceSpan, kind: Highlight.Kind?)], _ inner: inout [SourceSpan]
  ) {
    let first = expression.span.start < bytes.count ? bytes[expression.span.start] : 0
    switch expression.kind {
    case .literal(.string(_, _)) where first != UInt8(ascii: "\"") && first != UInt8(ascii: "'"):
      // Of a bare word, such as an address, no part is a number or an operator.
      found.append((expression.span, nil))
    // A flag that takes no value has one all the same: true, where the flag stands.
    case .literal(.bool(_)) where first != UInt8(ascii: "-"), .literal(.null): found.append((expression.span, .number))
    case .interpolation(let parts):
      for part in parts where part.constant == nil { inner.append(part.span) }
    case .binary(let operation, _, _, let place) where operation.isWord: found.append((place, .sign))
    case .not(let operand):
      let span = SourceSpan(expression.span.start, min(expression.span.start + 3, operand.span.start))
      if Array(bytes[span.start..<max(span.start, span.end)]) == Array("not".utf8) { found.append((span, .sign)) }
    case .effect(let effect):
      guard case .conditional(let conditional) = effect.kind else { return }
      if let word = token(at: expression.span.start), word.keyword == .if { found.append((word.span, .keyword)) }
      guard let otherwise = conditional.otherwise else { return }
      let gap = conditional.then.span.end..<max(conditional.then.span.end, otherwise.span.start)
      if let word = tokens.first(where: { $0.keyword == .else && gap.contains(Int($0.start)) }) {
        found.append((word.span, .keyword))
      }
    default: break
    }
  }

  private func token(at start: Int) -> Token? {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < start { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && Int(tokens[low].start) == start ? tokens[low] : nil
  }

  // MARK: Brackets

  private mutating func markBrackets(cursor: Int?) {
    var open: [Token] = []
    var pairs: [(Token, Token)] = []
    for token in tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open.append(token)
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard let opener = open.popLast(), Self.close(opener.kind, token.kind) else {
          mark(token.span, .mistake)
          continue
        }
        pairs.append((opener, token))
      default: break
      }
    }
    for token in open { mark(token.span, .unclosed) }
    guard let cursor else { return }
    let near = [cursor - 1, cursor].lazy.compactMap { place in
      pairs.first { Int($0.0.start) == place || Int($0.1.start) == place }
    }.first
    if let near {
      mark(near.0.span, .matchingBracket)
      mark(near.1.span, .matchingBracket)
    }
  }

  private static func close(_ opener: Token.Kind, _ closer: Token.Kind) -> Bool {
    switch (opener, closer) {
    case (.leftParenthesis, .rightParenthesis), (.leftBracket, .rightBracket), (.leftBrace, .rightBrace): true
    default: false
    }
  }

  // MARK: Mistakes

  /// What more text could not mend. That a text stops too early is no mistake while it is typed.
  private mutating func markMistakes(_ result: ParseResult) {
    for diagnostic in result.diagnostics where diagnostic.severity == .error {
      switch diagnostic.code {
      case .unexpectedEnd, .unterminatedString, .missingArgument, .missingValue, .missingName, .missingFile: break
      default: mark(diagnostic.span, .mistake)
      }
    }
  }
}
