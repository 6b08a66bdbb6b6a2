// Which variables stand in a piece of the tree.

extension Block {
  /// How often a variable stands in it, outside functions of its own.
  func mentions(ofVariable name: String) -> Int { statements.reduce(0) { $0 + $1.mentions(name) } }
}

extension Statement {
  fileprivate func mentions(_ name: String) -> Int {
    switch kind {
    case .pipeline(let pipeline), .bind(_, let pipeline): pipeline.mentions(name)
    case .assign(let assigned, let pipeline): (assigned == name ? 1 : 0) + pipeline.mentions(name)
    case .conditional(let conditional): conditional.mentions(name)
    case .loop(_, let source, let body): source.mentions(name) + body.mentions(ofVariable: name)
    case .function: 0
    case .returns(let pipeline): pipeline?.mentions(name) ?? 0
    case .attempt(let body, _, let handler):
      body.mentions(ofVariable: name) + (handler?.mentions(ofVariable: name) ?? 0)
    case .assertion(let condition, let message): condition.mentions(name) + (message?.mentions(name) ?? 0)
    case .source(let path): path.mentions(name)
    case .exit(let status): status?.mentions(name) ?? 0
    }
  }
}

extension Conditional {
  fileprivate func mentions(_ name: String) -> Int {
    condition.mentions(name) + then.mentions(ofVariable: name) + (otherwise?.mentions(ofVariable: name) ?? 0)
  }
}

extension Pipeline {
  fileprivate func mentions(_ name: String) -> Int {
    let first =
      switch head {
      case .expression(let expression): expression.mentions(name)
      case .command(let call): call.mentions(name)
      case .statement(let statement): statement.mentions(name)
      }
    return tail.reduce(first) { $0 + $1.mentions(name) }
  }
}

extension CommandCall {
  fileprivate func mentions(_ name: String) -> Int {
    arguments.reduce(0) { count, argument in
      switch argument.content {
      case .expression(let expression): count + expression.mentions(name)
      case .block(let block): count + block.mentions(ofVariable: name)
      case .paths: count
      }
    }
  }
}

extension Expression {
  func mentions(_ name: String) -> Int {
    switch kind {
    case .literal, .item: 0
    case .variable(let variable): variable == name ? 1 : 0
    case .path(let base, let steps):
      steps.reduce(base.mentions(name)) { $0 + ($1.expression?.mentions(name) ?? 0) }
    case .list(let parts), .interpolation(let parts): parts.reduce(0) { $0 + $1.mentions(name) }
    case .record(let pairs): pairs.reduce(0) { $0 + $1.key.mentions(name) + $1.value.mentions(name) }
    case .negate(let operand), .not(let operand): operand.mentions(name)
    case .binary(_, let left, let right, _), .and(let left, let right), .or(let left, let right),
      .coalesce(let left, let right):
      left.mentions(name) + right.mentions(name)
    case .effect(let effect):
      switch effect.kind {
      case .pipeline(let pipeline): pipeline.mentions(name)
      case .conditional(let conditional): conditional.mentions(name)
      case .file(let path): path?.mentions(name) ?? 0
      }
    }
  }
}

extension Expression {
  /// The variables that stand in the expression itself, outside its effects.
  func forEachVariable(_ body: (String, SourceSpan) -> Void) {
    switch kind {
    case .literal, .item, .effect: break
    case .variable(let name): body(name, span)
    case .path(let base, let steps):
      base.forEachVariable(body)
      for step in steps { step.expression?.forEachVariable(body) }
    case .list(let parts), .interpolation(let parts): for part in parts { part.forEachVariable(body) }
    case .record(let pairs):
      for pair in pairs {
        pair.key.forEachVariable(body)
        pair.value.forEachVariable(body)
      }
    case .negate(let operand), .not(let operand): operand.forEachVariable(body)
    case .binary(_, let left, let right, _), .and(let left, let right), .or(let left, let right),
      .coalesce(let left, let right):
      left.forEachVariable(body)
      right.forEachVariable(body)
    }
  }
}

extension Effect {
  /// Whether performing it may run a `set`.
  var canSetVariables: Bool {
    if case .file = kind { false } else { true }
  }
}
