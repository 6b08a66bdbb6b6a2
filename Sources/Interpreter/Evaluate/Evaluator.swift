import Basics
import OrderedJSON

/// Runs statements of one source text. Pipelines are built from streams and pulled by the consumer of their items: the
/// renderer, `let`, a `for`, the next stage.
struct Evaluator {
  let session: Session
  let source: SourceText
  var depth = 0
  /// Notes which fields the item is asked for, where one is.
  var observer: FieldObserver?
  /// Whether arguments are only looked at: nothing is requested and no file is read for them.
  var isExplaining = false
  /// Whether a command, or a `for`, takes what the statement at hand yields.
  var feedsCommand = false
  /// The number of the loop around, which `break` leaves.
  var loop: Int?

  /// The deepest nesting of function calls.
  static let maximumDepth = 256

  /// Runs statements at top level: each one's result is shown before the next one starts.
  func run(_ block: Block) async throws(Interruption) {
    if depth == 0 {
      session.warnedFields = []
      session.owedFailure = nil
    }
    do throws(Interruption) {
      hoistFunctions(of: block, in: session.globals)
      for statement in block.statements {
        session.output.beginStatement()
        do throws(Interruption) {
          try await runAndShow(statement)
          session.output.endStatement()
        } catch {
          // A reader who closes one result may still want to see the next.
          guard case .outputClosed = error, session.output.endStatement() else { throw error }
        }
      }
    } catch {
      throw error.located(in: source)
    }
  }

  private func runAndShow(_ statement: Statement) async throws(Interruption) {
    if statement.isSilent {
      try await run(statement, in: session.globals, item: nil)
    } else {
      try await session.render(try await output(of: statement, in: session.globals, item: nil))
    }
    try payOwed()
  }

  /// The same, for what yields to a command or to none.
  func feeding(_ feedsCommand: Bool) -> Evaluator {
    var evaluator = self
    evaluator.feedsCommand = feedsCommand
    return evaluator
  }

  /// Ends a statement: what is still owed of it is thrown, now that it has given what there was to give.
  func payOwed() throws(Interruption) {
    guard let failure = session.owedFailure else { return }
    session.owedFailure = nil
    throw .failure(failure)
  }

  // MARK: Expressions

  /// The value of an expression, performing the effects in it.
  func value(
    of expression: Expression, scope: Scope, item: JSONValue?, observer: FieldObserver? = nil
  ) async throws(Interruption) -> JSONValue {
    var evaluator = self
    // Whatever else is computed for the item is noted in the same place.
    evaluator.observer = observer ?? self.observer
    var pure = PureEvaluator(scope: scope, item: item, observer: evaluator.observer)
    while true {
      do throws(PureEvaluator.Suspension) {
        return try pure.value(of: expression)
      } catch {
        switch error {
        // What is matched with a pattern is given up when the task is cancelled.
        case .failure(let failure): throw Task.isCancelled ? .cancelled : .failure(failure)
        case .needs where expression.isMadeOfParts:
          return try await evaluator.value(ofParts: expression, scope: scope, item: item)
        case .needs(let effect):
          pure.keepReadings(in: expression, before: effect)
          let answer = try await evaluator.feeding(false).perform(effect, scope: scope, item: item)
          pure.answers[effect.number] = answer ?? .null
        }
      }
    }
  }

  /// The value of a list, a record or a text with effects in it, part by part: to start over after each effect would
  /// take time by the square of their number.
  private func value(
    ofParts expression: Expression, scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> JSONValue {
    let result: JSONValue
    switch expression.kind {
    case .list(let items):
      var values: [JSONValue] = []
      for part in items { values.append(try await value(of: part, scope: scope, item: item)) }
      result = .array(values)
    case .record(let pairs):
      var record = JSONObject()
      for pair in pairs {
        let key = try await value(of: pair.key, scope: scope, item: item).text
        record[key] = try await value(of: pair.value, scope: scope, item: item)
      }
      result = .object(record)
    case .interpolation(let parts):
      var text = ""
      for part in parts { text += try await value(of: part, scope: scope, item: item).text }
      result = .string(text)
    default: return try await value(of: expression, scope: scope, item: item)
    }
    guard !result.isNested(deeperThan: JSONValue.deepestNesting) else {
      throw .failure(.nestedTooDeeply(at: expression.span))
    }
    return result
  }

  private func perform(_ effect: Effect, scope: Scope, item: JSONValue?) async throws(Interruption) -> JSONValue? {
    switch effect.kind {
    case .pipeline(let pipeline):
      return try await output(of: pipeline, in: scope, item: item).value()
    case .conditional(let conditional):
      return try await output(of: conditional, in: scope, item: item).value()
    case .file(let path):
      let bytes = try await bytes(ofFile: path, effect.span, scope: scope, item: item)
      guard let text = String(validating: TextDecoder.decoded(bytes), as: UTF8.self) else {
        throw .failure(Failure(.notText, "the file is not UTF-8 text", at: effect.span))
      }
      return .string(text)
    }
  }

  func bytes(
    ofFile path: Expression?, _ span: SourceSpan, scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> [UInt8] {
    let name = if let path { try await value(of: path, scope: scope, item: item) } else { JSONValue.null }
    do throws(Failure) {
      guard let path else { return try session.files.readStandardInput() }
      guard case .string(let text, _) = name else {
        throw Failure(.badArgument, "expected a file's name, got \(name.kindWithArticle)", at: path.span)
      }
      return try session.files.read(text)
    } catch {
      throw Task.isCancelled ? .cancelled : .failure(error.located(at: span))
    }
  }

  /// The output of an expression that stands where items are wanted: a pipeline in it streams.
  func output(of expression: Expression, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    if expression.isInput, let input = scope.takeInput() { return .stream(input) }
    if case .effect(let effect) = expression.kind {
      switch effect.kind {
      case .pipeline(let pipeline): return try await output(of: pipeline, in: scope, item: item)
      case .conditional(let conditional): return try await output(of: conditional, in: scope, item: item)
      case .file: break
      }
    }
    return .value(try await value(of: expression, scope: scope, item: item))
  }

  func warn(_ observer: FieldObserver) {
    for warning in observer.warnings() {
      let place = FieldPlace(source: source.name, start: warning.span.start)
      if session.warnedFields.insert(place).inserted { session.report(warning, in: source) }
    }
  }

  // MARK: Pipelines

  func output(of pipeline: Pipeline, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    guard !pipeline.isExplained else {
      return try await Explainer(self).output(of: pipeline, in: scope, item: item)
    }
    let end = PipelineEnd()
    let pushDown = PushDown(pipeline, scope: scope, mutated: session.mutated)
    let first = feeding(feedsCommand || !pipeline.tail.isEmpty)
    var current: Output
    switch pipeline.head {
    case .expression(let expression): current = try await first.output(of: expression, in: scope, item: item)
    case .statement(let statement): current = try await first.output(of: statement, in: scope, item: item)
    case .command(let call):
      current = try await first.output(of: call.adding(pushDown.arguments), input: nil, in: scope, item: item, end)
    }
    for (index, call) in pipeline.tail.enumerated() {
      let input = current
      do throws(Interruption) {
        let stage = feeding(feedsCommand || index + 1 < pipeline.tail.count)
        current = try await stage.output(
          of: call, input: input, in: scope, item: item, isPushedDown: index < pushDown.pushedDownStages, end)
      } catch {
        if case .stream(let stream) = input { await stream.close() }
        throw error
      }
    }
    if case .stream(let stream) = current {
      let before = stream.atEnd
      stream.atEnd = { () throws(Interruption) in
        try before?()
        try end.settle(session)
      }
    } else {
      try end.settle(session)
    }
    return current
  }

  private func output(
    of call: CommandCall, input: Output?, in scope: Scope, item: JSONValue?, isPushedDown: Bool = false,
    _ end: PipelineEnd
  ) async throws(Interruption) -> Output {
    do throws(Interruption) {
      let output: Output
      switch call.callee {
      case .command(let command):
        output = try await command.body(
          Call(
            command, call.arguments, nameSpan: call.nameSpan, evaluator: feeding(false), scope: scope, item: item,
            input: input, feedsCommand: feedsCommand, isPushedDown: isPushedDown, pipelineEnd: end))
        session.recent?.watch(output, of: command)
        session.learn(output)
      case .function(let name):
        output = try await self.output(ofFunction: name, call, input: input, in: scope, item: item)
      case .missing: output = .nothing
      }
      if case .stream(let stream) = output {
        stream.span = stream.span ?? call.nameSpan
        stream.source = stream.source ?? source
      }
      return output
    } catch {
      throw error.located(at: call.nameSpan)
    }
  }
}
