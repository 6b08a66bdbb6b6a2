import OrderedJSON

/// Runs statements of one source text. Pipelines are built from streams and pulled by whoever wants their items: the
/// renderer, `let`, a `for`, the next stage.
struct Evaluator {
  let session: Session
  let source: SourceText
  var depth = 0

  /// The deepest nesting of function calls.
  static let maximumDepth = 256

  /// Runs statements at top level: each one's result is shown before the next one starts.
  func run(_ block: Block) async throws(Interruption) {
    do throws(Interruption) {
      // Functions may be called above their definition.
      for statement in block.statements {
        if case .function = statement.kind { _ = try await output(of: statement, in: session.globals, item: nil) }
      }
      for statement in block.statements {
        if statement.isSilent {
          try await run(statement, in: session.globals, item: nil)
        } else {
          try await session.render(try await output(of: statement, in: session.globals, item: nil))
        }
      }
    } catch {
      throw error.located(in: source)
    }
  }

  // MARK: Expressions

  /// The value of an expression, performing the effects in it.
  func value(
    of expression: Expression, scope: Scope, item: JSONValue?, observer: FieldObserver? = nil
  ) async throws(Interruption) -> JSONValue {
    var pure = PureEvaluator(scope: scope, item: item, observer: observer)
    while true {
      do throws(PureEvaluator.Suspension) {
        return try pure.value(of: expression)
      } catch {
        switch error {
        case .failure(let failure): throw .failure(failure)
        case .needs where expression.isMadeOfParts:
          return try await value(ofParts: expression, scope: scope, item: item, observer: observer)
        case .needs(let effect):
          pure.answers[effect.number] = try await perform(effect, scope: scope, item: item) ?? .null
        }
      }
    }
  }

  /// The value of a list, a record or a text with effects in it, part by part: to start over after each effect would
  /// take time by the square of their number.
  private func value(
    ofParts expression: Expression, scope: Scope, item: JSONValue?, observer: FieldObserver?
  ) async throws(Interruption) -> JSONValue {
    let result: JSONValue
    switch expression.kind {
    case .list(let items):
      var values: [JSONValue] = []
      for part in items { values.append(try await value(of: part, scope: scope, item: item, observer: observer)) }
      result = .array(values)
    case .record(let pairs):
      var record = JSONObject()
      for pair in pairs {
        let key = try await value(of: pair.key, scope: scope, item: item, observer: observer).text
        record[key] = try await value(of: pair.value, scope: scope, item: item, observer: observer)
      }
      result = .object(record)
    case .interpolation(let parts):
      var text = ""
      for part in parts { text += try await value(of: part, scope: scope, item: item, observer: observer).text }
      result = .string(text)
    default: return try await value(of: expression, scope: scope, item: item, observer: observer)
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
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .failure(Failure("not-text", "the file is not UTF-8 text", at: effect.span))
      }
      return .string(text)
    }
  }

  func bytes(
    ofFile path: Expression?, _ span: SourceSpan, scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> [UInt8] {
    do throws(Failure) {
      guard let path else { return try session.files.readStandardInput() }
      let name: JSONValue
      do throws(Interruption) {
        name = try await value(of: path, scope: scope, item: item)
      } catch {
        if case .failure(let failure) = error { throw failure }
        throw Failure("cancelled", "cancelled", at: span)
      }
      guard case .string(let text, _) = name else {
        throw Failure("bad-argument", "expected a file's name, got \(name.kindWithArticle)", at: path.span)
      }
      return try session.files.read(text)
    } catch {
      throw .failure(error.located(at: span))
    }
  }

  /// The output of an expression that stands where items are wanted: a pipeline in it streams.
  func output(of expression: Expression, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
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
    for warning in observer.warnings() { session.report(warning, in: source) }
  }

  // MARK: Pipelines

  func output(of pipeline: Pipeline, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    let report = BulkReport()
    var current: Output
    switch pipeline.head {
    case .expression(let expression): current = try await output(of: expression, in: scope, item: item)
    case .command(let call):
      current = try await output(
        of: call, input: nil, in: scope, item: item, feedsCommand: !pipeline.tail.isEmpty, report)
    }
    for (index, call) in pipeline.tail.enumerated() {
      let input = current
      do throws(Interruption) {
        current = try await output(
          of: call, input: input, in: scope, item: item, feedsCommand: index + 1 < pipeline.tail.count, report)
      } catch {
        if case .stream(let stream) = input { await stream.close() }
        throw error
      }
    }
    if case .stream(let stream) = current {
      let before = stream.atEnd
      stream.atEnd = { () throws(Interruption) in
        try before?()
        try conclude(report, pipeline)
      }
    } else {
      try conclude(report, pipeline)
    }
    return current
  }

  /// The statement fails if a bulk command had failed items.
  private func conclude(_ report: BulkReport, _ pipeline: Pipeline) throws(Interruption) {
    guard report.failed > 0 else { return }
    let items = report.failed == 1 ? "1 item" : "\(report.failed) items"
    throw .failure(Failure("items-failed", "\(items) failed", at: report.span ?? pipeline.span))
  }

  private func output(
    of call: CommandCall, input: Output?, in scope: Scope, item: JSONValue?, feedsCommand: Bool, _ report: BulkReport
  ) async throws(Interruption) -> Output {
    do throws(Interruption) {
      let output: Output
      switch call.callee {
      case .command(let command):
        output = try await command.body(
          Call(
            command, call.arguments, nameSpan: call.nameSpan, evaluator: self, scope: scope, item: item, input: input,
            feedsCommand: feedsCommand, report: report))
      case .function(let name):
        output = try await self.output(ofFunction: name, call, input: input, in: scope, item: item)
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
