/// What stays in the tree of a piece that cannot be read to its end. Each production that stops hands on a node of its
/// own kind, and the productions around it build it in.
extension Parser {
  /// Where a node begins that should stand here.
  private var place: SourceSpan { SourceSpan(tokens[index].span.start, tokens[index].span.start) }

  var missing: Expression { Expression(kind: .missing, span: place) }
  var missingCall: CommandCall { CommandCall(callee: .missing, nameSpan: place, arguments: [], span: place) }
  var missingPipeline: Pipeline { Pipeline(head: .command(missingCall), tail: [], span: place) }
  var missingBlock: Block { Block(statements: [], span: place, isClosed: false) }

  /// What was written of a word from a token on: all that stands there without white space between.
  func written(from first: Int) -> Expression {
    guard isWordPart(tokens[first].kind) || isQuoted(tokens[first].kind) else { return missing }
    var last = first
    while !tokens[last + 1].isSpaced, isWordPart(tokens[last + 1].kind) || isQuoted(tokens[last + 1].kind) { last += 1 }
    return Expression(kind: .missing, span: tokens[first].span.union(tokens[last].span))
  }

  private func isQuoted(_ kind: Token.Kind) -> Bool {
    kind == .string || kind == .rawString || kind == .unterminatedString
  }

  /// From a bracket to the one that closes it, or to the end of the text.
  func bracketSpan(_ opening: Int) -> (span: SourceSpan, isClosed: Bool) {
    let start = tokens[opening].span
    guard let close = matchingBracket(of: opening) else { return (start.union(tokens[tokens.count - 1].span), false) }
    return (start.union(tokens[close].span), true)
  }

  /// From a place to the end of what was read, and of what stands in it.
  func unfinishedSpan(from start: Int, _ children: [SyntaxNode]) -> SourceSpan {
    let current = tokens[index]
    let end = current.kind == .end || current.kind == .unterminatedString ? current.end : previousEnd
    return SourceSpan(start, max(start, children.filter { !$0.span.isEmpty }.map { $0.span.end }.reduce(end, max)))
  }

  func unfinished(_ kind: Expression.Kind, from start: Int) -> Stop {
    let children = Expression(kind: kind, span: place).children
    return Stop(Expression(kind: kind, span: unfinishedSpan(from: start, children)))
  }

  mutating func unfinished(_ conditional: Conditional, from start: Int) -> Stop {
    let span = unfinishedSpan(from: start, conditional.children)
    return Stop(effect(.conditional(conditional), span))
  }

  /// A statement; its span is known where it began.
  func unfinished(_ kind: Statement.Kind) -> Stop {
    Stop(Statement(kind: kind, span: place))
  }

  func unfinished(_ head: Pipeline.Head, _ tail: [CommandCall], from start: Int) -> Stop {
    let children = Pipeline(head: head, tail: tail, span: place).children
    let span = unfinishedSpan(from: start, children)
    return Stop(Pipeline(head: head, tail: tail, span: span, isExplained: isExplained))
  }

  func unfinished(_ callee: CommandCall.Callee, _ nameSpan: SourceSpan, _ arguments: [Argument]) -> Stop {
    let end = max(nameSpan.end, arguments.last?.span.end ?? 0)
    let span = unfinishedSpan(from: nameSpan.start, arguments.compactMap { $0.child })
    let call = CommandCall(
      callee: callee, nameSpan: nameSpan, arguments: arguments, span: SourceSpan(span.start, max(span.end, end)))
    return Stop(call)
  }

  /// Reports the current token as out of place behind what was read.
  mutating func unexpected(_ what: String, behind read: SyntaxNode) -> Stop {
    _ = unexpected(what, opener: openerAbove)
    return Stop(read)
  }

  /// A statement that stopped, from where it began.
  func unfinished(_ error: Stop, from start: Int) -> Stop {
    let kind = error.statement?.kind ?? error.pipeline.map { .pipeline($0) } ?? .missing(nil, name: nil)
    let children = Statement(kind: kind, span: place).children
    return Stop(Statement(kind: kind, span: unfinishedSpan(from: start, children)))
  }

  /// A pipeline that stopped at its first stage, which began at a token.
  func unfinishedHead(_ error: Stop, at first: Int, from start: Int) -> Stop {
    let head: Pipeline.Head =
      error.expression.map { .expression($0) } ?? error.statement.map { .statement($0) }
      ?? .command(error.call ?? missingCall)
    return unfinished(head, stages(behind: first), from: start)
  }

  /// A pipeline that stopped at a stage, which began at a token.
  func unfinishedStage(
    _ error: Stop, at first: Int, behind head: Pipeline.Head, _ tail: [CommandCall], from start: Int
  ) -> Stop {
    unfinished(head, tail + [error.call ?? missingCall] + stages(behind: first), from: start)
  }

  /// Parentheses that are not closed behind what was read.
  mutating func unfinishedParenthesis(_ error: Stop, _ opening: Int) -> Stop {
    Stop(effect(.pipeline(error.pipeline ?? missingPipeline), bracketSpan(opening).span))
  }

  /// A string that is not closed. What stands in the interpolation that is open at its end is read.
  func unfinishedString(_ token: Token) -> Expression {
    let end = token.end
    guard interpolations < Lexer.maximumInterpolationDepth, let start = Lexer.openInterpolation(bytes, in: token) else {
      return Expression(kind: .missing, span: token.span)
    }
    var reader = self
    reader.interpolations += 1
    reader.tokens = Lexer.tokens(bytes, in: start..<end)
    reader.index = 0
    reader.triesJSON = true
    let inner: Expression
    do throws(Stop) { inner = try reader.parenthesis() } catch { inner = error.expression ?? reader.missing }
    return Expression(kind: .interpolation([inner]), span: token.span)
  }

  /// The arguments of what is no command.
  func argumentsOfUnknown() -> [Argument] {
    var reader = self
    var arguments: [Argument] = []
    do throws(Stop) { try reader.functionArguments(into: &arguments) } catch {}
    return arguments
  }

  /// The stages behind one that failed, which began at a token.
  func stages(behind first: Int) -> [CommandCall] {
    var reader = self
    reader.index = first
    var calls: [CommandCall] = []
    while calls.count < Self.maximumHeight, reader.moveBehindPipe() {
      let start = reader.index
      do throws(Stop) { calls.append(try reader.call(isPiped: true)) } catch {
        calls.append(error.call ?? reader.missingCall)
        // Its brackets are passed over whole: the pipes in them are not of this pipeline.
        reader.index = start
      }
    }
    return calls
  }

  /// Moves behind the next pipe of this pipeline, over brackets.
  private mutating func moveBehindPipe() -> Bool {
    while true {
      switch token.kind {
      case .pipe:
        advance()
        skipNewlines()
        return true
      case .leftParenthesis, .leftBracket, .leftBrace:
        guard let close = matchingBracket(of: index) else { return false }
        index = close
      case .newline, .semicolon, .end, .rightParenthesis, .rightBracket, .rightBrace: return false
      default: break
      }
      advance()
    }
  }
}

extension Parser.Stop {
  init(_ expression: Expression) { self.init(SyntaxNode.expression(expression)) }
  init(_ block: Block) { self.init(SyntaxNode.block(block)) }
  init(_ statement: Statement) { self.init(SyntaxNode.statement(statement)) }
  init(_ pipeline: Pipeline) { self.init(SyntaxNode.pipeline(pipeline)) }
  init(_ call: CommandCall) { self.init(SyntaxNode.call(call)) }

  /// With a token that has no value as what was written.
  func at(_ token: Token) -> Parser.Stop {
    Parser.Stop(Expression(kind: .missing, span: token.span))
  }

  var expression: Expression? { if case .expression(let expression)? = unfinished { expression } else { nil } }
  var pipeline: Pipeline? { if case .pipeline(let pipeline)? = unfinished { pipeline } else { nil } }
  var block: Block? { if case .block(let block)? = unfinished { block } else { nil } }
  var call: CommandCall? { if case .call(let call)? = unfinished { call } else { nil } }
  var statement: Statement? { if case .statement(let statement)? = unfinished { statement } else { nil } }

  var conditional: Conditional? {
    guard case .effect(let effect)? = expression?.kind, case .conditional(let conditional) = effect.kind else {
      return nil
    }
    return conditional
  }
}
