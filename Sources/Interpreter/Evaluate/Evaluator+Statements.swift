import OrderedJSON

extension Evaluator {
  func output(of statement: Statement, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    switch statement.kind {
    case .pipeline(let pipeline): return try await output(of: pipeline, in: scope, item: item)
    case .bind(let name, let pipeline):
      let value = try await value(of: pipeline, in: scope, item: item)
      session.learn(value, as: name)
      scope.bind(name, to: value)
      try payOwed()
    case .assign(let name, let pipeline):
      if append(to: name, pipeline, in: scope, item: item) { break }
      let value = try await value(of: pipeline, in: scope, item: item)
      session.learn(value, as: name)
      guard scope.set(name, to: value) else {
        throw .failure(Failure(.unknownVariable, "there is no variable $\(name)", at: statement.span))
      }
      try payOwed()
    case .conditional(let conditional): return try await output(of: conditional, in: scope, item: item)
    case .loop(let name, let source, let body):
      return .stream(try await loop(name, source, body, in: scope, item: item))
    case .function(let declaration):
      define(declaration, in: scope)
      try keep(declaration)
    case .returns(let pipeline):
      guard let pipeline else { throw .returned(nil, depth: depth) }
      throw .returned(try await value(of: pipeline, in: scope, item: item), depth: depth)
    case .attempt(let attempt): return try await output(of: attempt, in: scope, item: item)
    case .breaks: if let loop { throw .leftRound(loop: loop, isLast: true) }
    case .continues: if let loop { throw .leftRound(loop: loop, isLast: false) }
    // Only a test run runs it.
    case .test: break
    case .assertion(let condition, let message):
      try await assert(condition, message, in: scope, item: item)
    case .source(let path):
      try await runFile(path, in: scope, item: item)
    case .exit(let status):
      guard let status else { throw .exit(0) }
      let value = try await value(of: status, scope: scope, item: item)
      guard let number = value.intValue, 0...255 ~= number else {
        throw .failure(Self.badStatus(value, at: status.span))
      }
      throw .exit(Int32(number))
    case .missing: break
    }
    return .nothing
  }

  private func value(of pipeline: Pipeline, in scope: Scope, item: JSONValue?) async throws(Interruption) -> JSONValue {
    if let value = try await feeding(false).output(of: pipeline, in: scope, item: item).value() { return value }
    guard canYield(pipeline) else {
      throw .failure(Failure(.noValue, "this yields nothing that could be bound", at: pipeline.span))
    }
    return .null
  }

  /// Whether a pipeline that yielded nothing could have yielded something: an `if` without a branch to take, a function
  /// that came to its end without `return`, are null. What never yields was hardly meant to be bound.
  private func canYield(_ pipeline: Pipeline) -> Bool {
    guard let call = pipeline.tail.last ?? pipeline.headCall else { return true }
    guard case .function(let name) = call.callee, let body = session.functions[name]?.declaration.body else {
      return false
    }
    return !body.isSilent || body.returnsValue
  }

  /// `set x = $x + …` on a list or a string puts the new behind the old in place, so that a loop that gathers is linear.
  /// Everything else, errors included, is left to the operator: answers false then, and nothing has happened.
  private func append(to name: String, _ pipeline: Pipeline, in scope: Scope, item: JSONValue?) -> Bool {
    guard pipeline.tail.isEmpty, case .expression(let sum) = pipeline.head, var parts = sum.parts(behind: name),
      scope.isAppendable(name)
    else { return false }
    parts.reverse()
    let pure = PureEvaluator(scope: scope, item: item)
    var values: [JSONValue] = []
    for part in parts {
      guard let value = try? pure.value(of: part) else { return false }
      values.append(value)
    }
    return scope.append(values, to: name)
  }

  // MARK: Blocks

  /// What a block yields: the value of its one yielding statement, or all that its statements yield, in order.
  ///
  /// Which of the two is decided by the statements as they are written, never by what they yield. A `return` ends the
  /// block and does not count.
  func output(of block: Block, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    hoistFunctions(of: block, in: scope)
    let yielding = block.statements.indices.filter { !block.statements[$0].isSilent }
    if yielding.isEmpty || yielding == [block.statements.count - 1] {
      for statement in block.statements.dropLast() { try await run(statement, in: scope, item: item) }
      guard let last = block.statements.last else { return .nothing }
      let output = try await output(of: last, in: scope, item: item)
      guard last.isSilent else { return output }
      try await drain(output)
      return .nothing
    }
    var rest = block.statements[...]
    return .stream(
      chain { () async throws(Interruption) -> Output? in
        guard let statement = rest.popFirst() else { return nil }
        try payOwed()
        return try await self.output(of: statement, in: scope, item: item)
      })
  }

  /// Runs a statement for what it does, not for what it yields.
  func run(_ statement: Statement, in scope: Scope, item: JSONValue?) async throws(Interruption) {
    try await drain(try await output(of: statement, in: scope, item: item))
    try payOwed()
  }

  func drain(_ output: Output) async throws(Interruption) {
    guard case .stream(let stream) = output else { return }
    while try await stream.next() != nil {}
  }

  /// The items of one output after another, each made only when the one before has ended.
  private func chain(_ nextOutput: @escaping () async throws(Interruption) -> Output?) -> ItemStream {
    var current: ItemStream?
    return ItemStream(
      cleanUp: { await current?.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        while true {
          if let item = try await current?.next() { return item }
          guard let output = try await nextOutput() else { return nil }
          current = output.asOne
        }
      })
  }

  func output(of conditional: Conditional, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    let isTrue = try await value(of: conditional.condition, scope: scope, item: item).isTrue
    // Items that failed in the condition are the failure of the statement, not of the first one in the block.
    let owed = session.owedFailure
    session.owedFailure = nil
    guard let block = isTrue ? conditional.then : conditional.otherwise else {
      session.owedFailure = owed
      return .nothing
    }
    guard let owed else { return try await output(of: block, in: Scope(inside: scope), item: item) }
    func owe() { session.owedFailure = session.owedFailure ?? owed }
    do throws(Interruption) {
      let output = try await output(of: block, in: Scope(inside: scope), item: item)
      guard case .stream(let stream) = output else {
        owe()
        return output
      }
      return .stream(
        ItemStream(
          kind: stream.kind, expecting: { stream.expect(atMost: $0) }, cleanUp: { await stream.close() },
          pull: { () async throws(Interruption) -> JSONValue? in
            if let item = try await stream.next() { return item }
            owe()
            return nil
          }))
    } catch {
      switch error {
      case .returned, .leftRound: owe()
      case .failure, .cancelled, .outputClosed, .exit: break
      }
      throw error
    }
  }

  private func runFile(_ path: Expression, in scope: Scope, item: JSONValue?) async throws(Interruption) {
    let name = source.resolved(try await value(of: path, scope: scope, item: item).text)
    let bytes: [UInt8]
    do throws(Failure) {
      guard depth < Self.maximumDepth else {
        throw Failure(.tooDeep, "files source each other more than \(Self.maximumDepth) deep")
      }
      bytes = try session.files.read(name)
    } catch {
      throw Task.isCancelled ? .cancelled : .failure(error.located(at: path.span))
    }
    let text = SourceText(name: name, path: name, bytes: bytes)
    let result = Parser.parse(text, in: session.parsingContext(.script))
    session.report(result)
    guard !result.hasErrors else {
      throw .failure(Failure(.sourceFailed, "\(name) has errors", at: path.span))
    }
    session.mutated.formUnion(result.program.mutated)
    try await Evaluator(session: session, source: text, depth: depth + 1).run(result.program.block)
  }
}

extension Statement {
  /// Whether the statement's syntax alone shows that it yields nothing.
  var isSilent: Bool {
    switch kind {
    case .bind, .assign, .function, .returns, .assertion, .source, .exit, .breaks, .continues, .test, .missing:
      return true
    case .pipeline(let pipeline) where pipeline.isExplained: return false
    case .pipeline(let pipeline):
      if pipeline.tail.isEmpty, case .statement(let statement) = pipeline.head { return statement.isSilent }
      return switch (pipeline.tail.last ?? pipeline.headCall)?.callee {
      case .command(let command)?: command.result == .nothing
      case .function?, .missing?, nil: false
      }
    case .conditional(let conditional): return conditional.then.isSilent && conditional.otherwise?.isSilent ?? true
    case .loop(_, _, let body): return body.isSilent
    case .attempt(let attempt): return attempt.body.isSilent && attempt.handler?.isSilent ?? true
    }
  }
}

extension Block {
  var isSilent: Bool { statements.allSatisfy { $0.isSilent } }
}

extension Expression {
  /// What is added to the variable in `$x + a + b`, the last first; nil when this is no such sum.
  fileprivate func parts(behind name: String) -> [Expression]? {
    var parts: [Expression] = []
    var rest = self
    while case .binary(.add, let left, let right, _) = rest.kind {
      parts.append(right)
      rest = left
    }
    guard case .variable(name) = rest.kind, !parts.isEmpty else { return nil }
    return parts
  }
}

extension Evaluator {
  fileprivate static func badStatus(_ value: JSONValue, at span: SourceSpan) -> Failure {
    let got = if case .number(let number) = value { number.text } else { value.kindWithArticle }
    return Failure(.badArgument, "exit takes a status from 0 to 255, got \(got)", at: span)
  }
}

extension Pipeline {
  var headCall: CommandCall? { if case .command(let call) = head { call } else { nil } }
}

extension Output {
  /// A stream of what a statement yields: a list that is one value is one item.
  var asOne: ItemStream? {
    switch self {
    case .nothing: nil
    case .value(let value, let kind): ItemStream([value], kind: kind)
    case .stream(let stream): stream
    }
  }
}
