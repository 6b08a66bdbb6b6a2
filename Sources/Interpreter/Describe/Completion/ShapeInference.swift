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
    if let value = context.variables[name] { return shape(of: value) }
    return context.provided[name].map { output($0.name, $0, isList: true) } ?? .unknown
  }

  private static let mostLookedAt = 8
  private static let budgetOfItem = 4 << 10

  private func shape(of value: JSONValue) -> Shape {
    var shape = Shape(samples: [value.outline()])
    for item in value.arrayValue?.prefix(Self.mostLookedAt) ?? [value] {
      shape.values.note(item.outline(budget: Self.budgetOfItem))
    }
    return shape
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
      case .selected: shape = selected(call, from: input)
      case .taken:
        shape = call.paths.first.map { input.value(at: $0) } ?? .unknown
        shape.isList = true
      case .grouped(let holdsItems): shape = grouped(call, from: input, holdsItems: holdsItems)
      case .made, .recorded: shape = output(of: command)
      }
    }
    return shape
  }

  private func command(_ call: CommandCall) -> Command? {
    if case .command(let command) = call.callee { command } else { nil }
  }

  private func selected(_ call: CommandCall, from input: Shape) -> Shape {
    record(call.paths.map { ($0.text, input.value(at: $0)) })
  }

  /// A group's key is what its one key gives, or a record of the last names of several.
  private func grouped(_ call: CommandCall, from input: Shape, holdsItems: Bool) -> Shape {
    let paths = call.paths
    let keys = paths.compactMap { path in path.lastKey.map { ($0, input.value(at: path)) } }
    var key = paths.count == 1 && call.arguments.count == 1 ? input.value(at: paths[0]) : record(keys)
    key.isList = false
    var fields = [("key", key), ("count", Shape.unknown)]
    if holdsItems {
      var items = input
      items.isList = true
      fields.append(("items", items))
    }
    return record(fields)
  }

  /// A list of records with these fields.
  private func record(_ fields: [(name: String, shape: Shape)]) -> Shape {
    var record = JSONObject()
    var values = SeenValues()
    for (name, shape) in fields {
      record[name] = shape.sample
      values = values.merged(with: shape.values.moved(to: name))
    }
    return Shape(samples: [.object(record)], isList: true, values: values)
  }

  private func output(of command: Command) -> Shape {
    if case .recorded(let fields) = command.flow { return Shape(columns: fields, isList: command.result != .value) }
    guard let name = RecentItems.name(of: command) else { return .unknown }
    return output(name, command.itemKind, isList: command.result != .value)
  }

  /// What was seen under a name, and what else its kind declares.
  private func output(_ name: String, _ kind: ItemKind?, isList: Bool) -> Shape {
    let seen = context.recent?.outline(name) ?? .null
    var values = context.recent?.values(name) ?? SeenValues()
    for (field, words) in kind?.words ?? [:] { values.declare(words.map { .string($0) }, at: field) }
    return Shape(
      samples: seen.isNull ? [] : [seen], columns: kind.map { $0.columns + $0.others } ?? [], isList: isList,
      values: values)
  }
}

extension CommandCall {
  fileprivate var paths: [Path] {
    arguments.compactMap { if case .path(let path, _) = $0.content { path } else { nil } }
  }
}
