/// A piece of the tree, as a walk over it meets it.
enum SyntaxNode {
  case expression(Expression)
  case pipeline(Pipeline)
  /// The call at the head of a pipeline.
  case call(CommandCall)
  /// A call behind a pipe: `.` in it is another item.
  case stage(CommandCall)
  case statement(Statement)
  case block(Block)
  /// A block given to a command: `.` in it is another item.
  case itemBlock(Block)
}

extension SyntaxNode {
  /// What a walk does behind a node.
  enum Step {
    case descend
    case skip
    case stop
  }

  var span: SourceSpan {
    switch self {
    case .expression(let expression): expression.span
    case .pipeline(let pipeline): pipeline.span
    case .call(let call), .stage(let call): call.span
    case .statement(let statement): statement.span
    case .block(let block), .itemBlock(let block): block.span
    }
  }

  /// What stands directly in it, in the order of the text.
  var children: [SyntaxNode] {
    switch self {
    case .expression(let expression): expression.children
    case .pipeline(let pipeline): pipeline.children
    case .call(let call), .stage(let call): call.children
    case .statement(let statement): statement.children
    case .block(let block), .itemBlock(let block): block.children
    }
  }

  /// Visits the node and all that stands in it, in the order of the text, as far as the visitor goes on.
  /// - Returns: whether the visitor let it come to the end.
  @discardableResult
  func walk(_ visit: (SyntaxNode) -> Step) -> Bool {
    switch visit(self) {
    case .descend: children.allSatisfy { $0.walk(visit) }
    case .skip: true
    case .stop: false
    }
  }
}

extension Expression {
  var children: [SyntaxNode] {
    switch kind {
    case .literal, .item, .variable, .missing: []
    case .path(let base, let steps): [.expression(base)] + steps.compactMap { $0.expression.map { .expression($0) } }
    case .list(let parts), .interpolation(let parts): parts.map { .expression($0) }
    case .record(let pairs): pairs.flatMap { [.expression($0.key), .expression($0.value)] }
    case .negate(let operand), .not(let operand): [.expression(operand)]
    case .binary(_, let left, let right, _): [.expression(left), .expression(right)]
    case .effect(let effect): effect.kind.children
    }
  }
}

extension Effect.Kind {
  var children: [SyntaxNode] {
    switch self {
    case .pipeline(let pipeline): [.pipeline(pipeline)]
    case .conditional(let conditional): conditional.children
    case .file(let path): path.map { [.expression($0)] } ?? []
    }
  }
}

extension Conditional {
  var children: [SyntaxNode] {
    [.expression(condition), .block(then)] + (otherwise.map { [.block($0)] } ?? [])
  }
}

extension Pipeline {
  var children: [SyntaxNode] {
    let head: SyntaxNode =
      switch self.head {
      case .expression(let expression): .expression(expression)
      case .command(let call): .call(call)
      case .statement(let statement): .statement(statement)
      }
    return [head] + tail.map { .stage($0) }
  }
}

extension CommandCall {
  var children: [SyntaxNode] {
    arguments.compactMap { $0.child }
  }
}

extension Argument {
  var child: SyntaxNode? {
    switch content {
    case .expression(let expression): .expression(expression)
    case .block(let block): .itemBlock(block)
    case .path: nil
    }
  }
}

extension Statement {
  var children: [SyntaxNode] {
    switch kind {
    case .pipeline(let pipeline), .bind(_, let pipeline), .assign(_, let pipeline): [.pipeline(pipeline)]
    case .conditional(let conditional): conditional.children
    case .loop(_, let source, let body): [.pipeline(source), .block(body)]
    case .function(let declaration):
      declaration.parameters.compactMap { $0.fallback.map { .expression($0) } } + [.block(declaration.body)]
    case .returns(let pipeline): pipeline.map { [.pipeline($0)] } ?? []
    case .attempt(let attempt): [attempt.body, attempt.handler, attempt.cleanUp].compactMap { $0.map { .block($0) } }
    case .test(_, let body): [.block(body)]
    case .breaks, .continues: []
    case .assertion(let condition, let message):
      [.expression(condition)] + (message.map { [.expression($0)] } ?? [])
    case .source(let path): [.expression(path)]
    case .exit(let status): status.map { [.expression($0)] } ?? []
    case .missing: []
    }
  }

  var isFunction: Bool { if case .function = kind { true } else { false } }
}

extension Block {
  var children: [SyntaxNode] { statements.map { .statement($0) } }
}
