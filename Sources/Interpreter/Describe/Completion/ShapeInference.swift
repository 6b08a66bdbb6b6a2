import OrderedJSON

/// Infers the shapes of `.`, of variables and of pipelines at a cursor from the tree, without running anything.
struct ShapeInference {
  private let context: CompletionContext
  /// The variables that the text binds around the cursor, the nearest binding of each name.
  private(set) var bound: [String: Shape] = [:]
  /// What `.` is at the cursor.
  private(set) var item = Shape.unknown

  /// - Parameter path: the nodes around the cursor, from the outermost inwards.
  init(_ context: CompletionContext, along path: [SyntaxNode]) {
    self.context = context
    for (index, node) in path.enumerated() { enter(node, before: path.dropFirst(index + 1).first) }
  }

  /// Takes over what a node binds for its child.
  private mutating func enter(_ node: SyntaxNode, before child: SyntaxNode?) {
    switch node {
    case .block(let block), .itemBlock(let block):
      for statement in block.statements {
        if let child, statement.span.start >= child.span.start { break }
        if case .bind(let name, let pipeline) = statement.kind { bound[name] = shape(of: pipeline) }
      }
    case .statement(let statement): enter(statement, before: child)
    case .pipeline(let pipeline):
      guard case .stage(let stage)? = child else { return }
      let tail = pipeline.tail.prefix { $0.nameSpan.start < stage.nameSpan.start }
      item = shape(of: pipeline.head, tail).items
    case .expression, .call, .stage: break
    }
  }

  private mutating func enter(_ statement: Statement, before child: SyntaxNode?) {
    guard case .block(let block)? = child else { return }
    switch statement.kind {
    case .loop(let name, let source, _): bound[name] = shape(of: source).items
    case .attempt(let attempt):
      if let name = attempt.errorName, attempt.handler?.span.start == block.span.start { bound[name] = .error }
    case .function(let declaration):
      for parameter in declaration.parameters { bound[parameter.variable] = .unknown }
      bound["in"] = .unknown
      item = .unknown
    default: break
    }
  }

  // MARK: Expressions

  private static let longestConstant = 64 << 10
  private static let mostListItems = 16

  func shape(of expression: Expression) -> Shape {
    switch expression.kind {
    case .literal(let value):
      let length = expression.span.end - expression.span.start
      return length <= Self.longestConstant ? Shape(samples: [value.outline()]) : .unknown
    case .item: return item
    case .variable(let name): return variable(name)
    case .path(let base, let steps): return shape(of: base).value(at: steps)
    case .list(let items):
      return Shape(samples: items.prefix(Self.mostListItems).flatMap { shape(of: $0).samples }, isList: true)
    case .record(let pairs):
      var record = JSONObject()
      for pair in pairs {
        if let key = pair.key.constant?.stringValue { record[key] = shape(of: pair.value).sample }
      }
      return Shape(samples: [.object(record)])
    case .effect(let effect):
      if case .pipeline(let pipeline) = effect.kind { return shape(of: pipeline) }
      return .unknown
    default: return .unknown
    }
  }

  private func variable(_ name: String) -> Shape {
    if let shape = bound[name] { return shape }
    if let value = context.variables[name] { return Shape(samples: [value.outline()]) }
    return context.provided[name].map { output($0.name, columns: $0.columns, isList: true) } ?? .unknown
  }

  // MARK: Pipelines

  private func shape(of pipeline: Pipeline) -> Shape { shape(of: pipeline.head, pipeline.tail[...]) }

  private func shape(of head: Pipeline.Head, _ tail: ArraySlice<CommandCall>) -> Shape {
    var shape: Shape =
      switch head {
      case .expression(let expression): self.shape(of: expression)
      case .command(let call): command(call).map(output) ?? .unknown
      case .statement: .unknown
      }
    for call in tail {
      guard let command = command(call) else { return .unknown }
      let input = shape.items
      switch command.flow {
      case .kept:
        shape = input
        shape.isList = command.result != .value
      case .selected: shape = Shape(samples: [.object(selected(call, from: input))], isList: true)
      case .taken: shape = Shape(samples: call.paths.first.map { input.value(at: $0).samples } ?? [], isList: true)
      case .made: shape = output(of: command)
      }
    }
    return shape
  }

  private func command(_ call: CommandCall) -> Command? {
    if case .command(let command) = call.callee { command } else { nil }
  }

  private func selected(_ call: CommandCall, from input: Shape) -> JSONObject {
    var record = JSONObject()
    for path in call.paths { record[path.text] = input.value(at: path).sample }
    return record
  }

  private func output(of command: Command) -> Shape {
    guard let name = RecentItems.name(of: command) else { return .unknown }
    return output(
      name, columns: command.itemKind.map { $0.columns + $0.others } ?? [], isList: command.result != .value)
  }

  /// What was seen under a name, and what else is declared.
  private func output(_ name: String, columns: [String], isList: Bool) -> Shape {
    let seen = context.recent?.outline(name) ?? .null
    return Shape(samples: seen.isNull ? [] : [seen], columns: columns, isList: isList)
  }
}

extension CommandCall {
  fileprivate var paths: [Path] {
    arguments.compactMap { if case .path(let path, _) = $0.content { path } else { nil } }
  }
}
