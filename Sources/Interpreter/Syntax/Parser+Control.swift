/// The statements that have blocks: `if`, `for`, `try`.
extension Parser {
  mutating func conditional() throws(Stop) -> Conditional {
    let start = token.span.start
    advance()
    let condition: Expression
    let then: Block
    do throws(Stop) { condition = try expression() } catch {
      let condition = error.expression ?? missing
      throw unfinished(Conditional(condition: condition, then: missingBlock, otherwise: nil), from: start)
    }
    do throws(Stop) { then = try blockOnItsOwnLine() } catch {
      let then = error.block ?? missingBlock
      throw unfinished(Conditional(condition: condition, then: then, otherwise: nil), from: start)
    }
    // `else` may stand on the line after the brace.
    let mark = index
    skipNewlines()
    guard tokens[index].keyword == .else else {
      index = mark
      return Conditional(condition: condition, then: then, otherwise: nil)
    }
    advance()
    skipNewlines()
    do throws(Stop) {
      return Conditional(condition: condition, then: then, otherwise: try alternative())
    } catch {
      let otherwise = error.block ?? missingBlock
      throw unfinished(Conditional(condition: condition, then: then, otherwise: otherwise), from: start)
    }
  }

  /// What stands behind `else`.
  private mutating func alternative() throws(Stop) -> Block {
    guard token.keyword == .if else { return try blockOnItsOwnLine() }
    let start = token.span.start
    func block(_ conditional: Conditional, _ span: SourceSpan, isClosed: Bool) -> Block {
      Block(statements: [Statement(kind: .conditional(conditional), span: span)], span: span, isClosed: isClosed)
    }
    do throws(Stop) {
      let conditional = try nested { parser throws(Stop) in try parser.conditional() }
      return block(conditional, SourceSpan(start, previousEnd), isClosed: true)
    } catch {
      guard let conditional = error.conditional else { throw error }
      throw Stop(block(conditional, unfinishedSpan(from: start, conditional.children), isClosed: false))
    }
  }

  mutating func loop() throws(Stop) -> Statement.Kind {
    let name = try name(behind: .for)
    guard token.operation == .isIn else {
      _ = unexpected("'in'")
      throw unfinished(.missing(.for, name: name.span))
    }
    advance()
    skipNewlines()
    func loop(over source: Expression, _ body: Block) -> Statement.Kind {
      .loop(name: name.text, source: Pipeline(head: .expression(source), tail: [], span: source.span), body: body)
    }
    let source: Expression
    do throws(Stop) { source = try expression() } catch {
      throw unfinished(loop(over: error.expression ?? missing, missingBlock))
    }
    do throws(Stop) {
      switch token.kind {
      case .pipe: throw unexpected("'{'", help: "put the pipeline in parentheses")
      case .number, .string, .rawString, .dollar, .comma:
        throw unexpected("'{'", help: "several values make a list: for \(shown(name.span)) in [1, 2] { … }")
      default: break
      }
      bindings.beginLoop(outside: scopes.count)
      defer { bindings.endLoop() }
      return loop(over: source, try blockOnItsOwnLine(declaring: [name.text]))
    } catch {
      throw unfinished(loop(over: source, error.block ?? missingBlock))
    }
  }

  mutating func attempt() throws(Stop) -> Statement.Kind {
    advance()
    var attempt = Attempt(body: missingBlock)
    do throws(Stop) { attempt.body = try blockOnItsOwnLine() } catch {
      attempt.body = error.block ?? missingBlock
      throw unfinished(.attempt(attempt))
    }
    if skipTo(.catch) {
      do throws(Stop) {
        if token.kind == .word { attempt.errorName = try variableName() }
        attempt.handler = try blockOnItsOwnLine(declaring: attempt.errorName.map { [$0] } ?? [])
      } catch {
        attempt.handler = error.block ?? missingBlock
        throw unfinished(.attempt(attempt))
      }
    }
    if skipTo(.finally) {
      do throws(Stop) { attempt.cleanUp = try blockOnItsOwnLine() } catch {
        attempt.cleanUp = error.block ?? missingBlock
        throw unfinished(.attempt(attempt))
      }
    }
    return .attempt(attempt)
  }
}
