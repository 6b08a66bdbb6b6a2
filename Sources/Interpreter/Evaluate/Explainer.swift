import OrderedJSON

/// Tells which requests a pipeline would send, and runs nothing of it.
///
/// Commands that send requests say which (`Command.requests`). How many items they are asked for comes from the stages
/// themselves: those that only pass items on are put together over streams that yield nothing, and whatever they expect
/// of their input is noted on the way. All other stages are taken to want every item.
final class Explainer {
  private let evaluator: Evaluator
  /// Functions that are being looked into: one that calls itself is looked into once.
  private var active: Set<String> = []
  /// Functions that are defined in blocks, which do not run.
  private var functions: [String: FunctionDeclaration] = [:]

  init(_ evaluator: Evaluator) {
    var evaluator = evaluator
    evaluator.isExplaining = true
    self.evaluator = evaluator
  }

  /// A stream of records, one for each kind of request, in the order of the first of each.
  func output(of pipeline: Pipeline, in scope: Scope, item: JSONValue?) async throws(Interruption) -> Output {
    let requests = try await requests(of: pipeline, in: scope, item: item)
    return .stream(
      ItemStream(
        requests.map { .object($0.record) }, kind: evaluator.session.registry.vocabulary.plannedRequest))
  }

  // MARK: Pipelines

  /// What is known of one stage.
  private final class Stage {
    /// Those of pipelines in the stage's arguments.
    var before: [PlannedRequest] = []
    /// The call of a command that sends requests itself.
    var sender: (command: Command, call: Call)?
    /// Whether one item at a time passes or is dropped.
    var passesOn = false
    /// Whether it may stop before the end for reasons of its own.
    var mayStop = false
    /// What the stage behind said of the items it takes.
    var demand = Demand()

    /// A stream without items that notes what is expected of it.
    func output(over inner: ItemStream?) -> ItemStream {
      ItemStream(
        expecting: { count in
          self.demand.atMost = min(count, self.demand.atMost ?? count)
          inner?.expect(atMost: count)
        },
        hinting: { count in
          self.demand.about = min(count, self.demand.about ?? count)
          inner?.expect(about: count)
        },
        cleanUp: { await inner?.close() },
        pull: { () async throws(Interruption) -> JSONValue? in nil })
    }
  }

  private func requests(
    of pipeline: Pipeline, in scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    let (head, calls) = flattened(pipeline, scope)
    var planned: [PlannedRequest] = []
    var stream: ItemStream?
    switch head {
    case .expression(let expression):
      planned += try await requests(in: expression, scope, item)
      stream = ItemStream([])
    case .statement(let statement):
      planned += try await requests(of: statement, scope, item)
      stream = ItemStream([])
    case .command, nil: break
    }
    var stages: [Stage] = []
    for (call, isPushedDown) in calls {
      let stage = Stage()
      stage.before = try await requests(inArgumentsOf: call, isPiped: stream != nil, scope, item)
      do throws(Interruption) {
        stream = try await connect(call, to: stream, stage, isPushedDown: isPushedDown, scope, item)
      } catch {
        await stream?.close()
        throw error.located(at: call.nameSpan)
      }
      stages.append(stage)
    }
    for (index, stage) in stages.enumerated() {
      planned += stage.before
      guard let (command, call) = stage.sender, let requests = command.requests else { continue }
      do throws(Interruption) {
        planned += try await requests(call, demand(on: index, of: stages))
      } catch {
        await stream?.close()
        throw error.located(at: calls[index].call.nameSpan)
      }
    }
    await stream?.close()
    return planned
  }

  /// The stages of a pipeline, those of a pipeline in parentheses at its head among them, and what else it starts with.
  private func flattened(
    _ pipeline: Pipeline, _ scope: Scope
  ) -> (head: Pipeline.Head?, calls: [(call: CommandCall, isPushedDown: Bool)]) {
    let pushDown = PushDown(pipeline, scope: scope, mutated: evaluator.session.mutated)
    let tail = pipeline.tail.enumerated().map { ($0.element, $0.offset < pushDown.pushedDownStages) }
    switch pipeline.head {
    case .command(let call): return (nil, [(call.adding(pushDown.arguments), false)] + tail)
    case .statement: return (pipeline.head, tail)
    case .expression(let expression):
      guard case .effect(let effect) = expression.kind, case .pipeline(let inner) = effect.kind, !inner.isExplained
      else { return (pipeline.head, tail) }
      let (head, calls) = flattened(inner, scope)
      return (head, calls + tail)
    }
  }

  private func connect(
    _ call: CommandCall, to input: ItemStream?, _ stage: Stage, isPushedDown: Bool, _ scope: Scope, _ item: JSONValue?
  ) async throws(Interruption) -> ItemStream {
    guard case .command(let command) = call.callee else {
      stage.mayStop = true
      if case .function(let name) = call.callee {
        stage.before += try await requests(ofFunction: name, call, scope, item)
      }
      return stage.output(over: nil)
    }
    // The item around the pipeline is not the one that comes from the pipe.
    let running = Call(
      command, call.arguments, nameSpan: call.nameSpan, evaluator: evaluator, scope: scope,
      item: input == nil ? item : nil, input: input.map { .stream($0) }, feedsCommand: false,
      isPushedDown: isPushedDown,
      pipelineEnd: PipelineEnd())
    if command.requests != nil {
      stage.sender = (command, running)
      stage.passesOn = true
      return stage.output(over: input)
    }
    guard command.isForeseeable(call), case .stream(let stream) = try await command.body(running) else {
      return stage.output(over: nil)
    }
    stage.passesOn = command.condition != nil
    return stage.output(over: stream)
  }

  private func demand(on index: Int, of stages: [Stage]) -> Demand {
    var demand = stages[index].demand
    guard demand.atMost == nil else { return demand }
    var passesOn = true
    for stage in stages[(index + 1)...] {
      passesOn = passesOn && stage.passesOn
      demand.mayStop = demand.mayStop || stage.mayStop
      if let count = stage.demand.atMost {
        if passesOn { demand.passing = count } else { demand.mayStop = true }
        break
      }
    }
    return demand
  }

  // MARK: What stands in arguments

  private func requests(
    inArgumentsOf call: CommandCall, isPiped: Bool, _ scope: Scope, _ item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    var planned: [PlannedRequest] = []
    for argument in call.arguments {
      switch argument.content {
      case .path: break
      case .block(let block):
        let found = try await requests(in: block, scope, item: isPiped ? nil : item)
        planned += isPiped ? found.map { $0.within("for each item") } : found
      case .expression(let expression):
        let found = try await requests(in: expression, scope, isPiped ? nil : item)
        var isPerItem = false
        if case .command(let command) = call.callee { isPerItem = isPiped && command.isPerItem(argument, expression) }
        planned += isPerItem ? found.map { $0.within("for each item") } : found
      }
    }
    return planned
  }

  private func requests(
    in expression: Expression?, _ scope: Scope, _ item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    var planned: [PlannedRequest] = []
    for effect in expression?.effects ?? [] {
      switch effect.kind {
      case .pipeline(let pipeline) where pipeline.isExplained: break
      case .pipeline(let pipeline): planned += try await requests(of: pipeline, in: scope, item: item)
      case .conditional(let conditional): planned += try await requests(in: conditional, scope, item: item)
      case .file(let path):
        planned += try await requests(in: path, scope, item)
      }
    }
    return planned
  }

  // MARK: Statements

  private func requests(
    in conditional: Conditional, _ scope: Scope, item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    var planned = try await requests(in: conditional.condition, scope, item)
    for case let block? in [conditional.then, conditional.otherwise] {
      planned += try await requests(in: block, scope, item: item).map { $0.within("perhaps") }
    }
    return planned
  }

  private func requests(
    in block: Block, _ outer: Scope, item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    let scope = Scope(inside: outer)
    var planned: [PlannedRequest] = []
    for statement in block.statements { planned += try await requests(of: statement, scope, item) }
    return planned
  }

  private func requests(
    of statement: Statement, _ scope: Scope, _ item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    switch statement.kind {
    case .pipeline(let pipeline):
      return pipeline.isExplained ? [] : try await requests(of: pipeline, in: scope, item: item)
    case .bind(let name, let pipeline), .assign(let name, let pipeline):
      let planned = try await requests(of: pipeline, in: scope, item: item)
      scope.bind(name, to: .string(PlannedRequest.unknown))
      return planned
    case .conditional(let conditional): return try await requests(in: conditional, scope, item: item)
    case .loop(let name, let source, let body):
      let planned = try await requests(of: source, in: scope, item: item)
      let inner = Scope(inside: scope)
      inner.bind(name, to: .string(PlannedRequest.unknown))
      return planned + (try await requests(in: body, inner, item: item)).map { $0.within("for each item") }
    case .function(let declaration):
      functions[declaration.name] = declaration
      return []
    case .returns(let pipeline):
      guard let pipeline else { return [] }
      return try await requests(of: pipeline, in: scope, item: item)
    case .attempt(let attempt):
      var planned = try await requests(in: attempt.body, scope, item: item)
      if let handler = attempt.handler {
        let inner = Scope(inside: scope)
        if let name = attempt.errorName { inner.bind(name, to: .string(PlannedRequest.unknown)) }
        planned += try await requests(in: handler, inner, item: item).map { $0.within("perhaps") }
      }
      if let cleanUp = attempt.cleanUp { planned += try await requests(in: cleanUp, scope, item: item) }
      return planned
    case .assertion(let condition, let message):
      return try await requests(in: condition, scope, item) + (try await requests(in: message, scope, item))
    case .exit(let status): return try await requests(in: status, scope, item)
    case .breaks, .continues, .test, .missing: return []
    case .source:
      evaluator.session.report(
        Diagnostic(.warning, .notExplained, "what the file would send is not told", at: statement.span),
        in: evaluator.source)
      return []
    }
  }

  private func requests(
    ofFunction name: String, _ call: CommandCall, _ scope: Scope, _ item: JSONValue?
  ) async throws(Interruption) -> [PlannedRequest] {
    let known = evaluator.session.functions[name]
    guard let declaration = functions[name] ?? known?.declaration, active.insert(name).inserted else { return [] }
    defer { active.remove(name) }
    let inner = Scope(inside: known?.scope ?? scope)
    inner.bind("in", to: .string(PlannedRequest.unknown))
    let arguments = FunctionArguments(call.arguments, of: name, declaration.parameters, at: call.nameSpan)
    for (parameter, argument) in zip(declaration.parameters, arguments.given) {
      var given = parameter.fallback
      if case .expression(let expression)? = argument?.content { given = expression }
      let absent: JSONValue = parameter.form == .flag ? false : .string(PlannedRequest.unknown)
      inner.bind(
        parameter.variable, to: given.map { evaluator.foreseen($0, scope: scope, item: item) } ?? absent)
    }
    return try await requests(in: declaration.body, inner, item: nil)
  }
}

extension Command {
  /// Whether putting the stage together does nothing yet, so that it tells what it expects of its input.
  fileprivate func isForeseeable(_ call: CommandCall) -> Bool {
    guard [.streams, .numbers, .text].contains(topic), result == .stream || result == .asInput else { return false }
    return call.arguments.allSatisfy { argument in
      guard argument.parameter < parameters.count else { return false }
      switch parameters[argument.parameter].shape {
      case .file: return false
      case .expression, .block, .path, .key: return true
      default:
        if case .expression(let expression) = argument.content {
          return expression.effects.isEmpty
        } else {
          return true
        }
      }
    }
  }

  fileprivate func isPerItem(_ argument: Argument, _ expression: Expression) -> Bool {
    guard argument.parameter < parameters.count else { return false }
    let parameter = parameters[argument.parameter]
    return parameter.shape == .expression || parameter.isPerItem && expression.usesItem
  }
}

extension Evaluator {
  /// The value of an expression as far as it is known before anything runs, with `…` for what is not.
  func foreseen(_ expression: Expression, scope: Scope, item: JSONValue?) -> JSONValue {
    let unknown = JSONValue.string(PlannedRequest.unknown)
    var pure = PureEvaluator(scope: scope, item: item)
    pure.unknown = unknown
    return (try? pure.value(of: expression)) ?? unknown
  }
}
