/// How a function's body uses `$in`, read off the syntax tree.
enum InputUse {
  case never
  /// Once, in the body or in an `if` or a `try` there, at the head of a pipeline or as what a `for` goes over: items come
  /// one at a time.
  case streams
  /// Anywhere else: the input is collected before the body runs.
  case collects

  init(of body: Block) {
    switch body.uses(ofVariable: Self.variable) {
    case 0: self = .never
    case 1: self = body.startsWithInput ? .streams : .collects
    default: self = .collects
    }
  }

  fileprivate static let variable = "in"
}

extension Expression {
  /// Whether this is `$in` itself.
  var isInput: Bool { if case .variable(InputUse.variable) = kind { true } else { false } }
}

extension Block {
  fileprivate var startsWithInput: Bool { statements.contains { $0.startsWithInput } }
}

extension Statement {
  fileprivate var startsWithInput: Bool {
    switch kind {
    case .pipeline(let pipeline), .bind(_, let pipeline), .assign(_, let pipeline), .returns(let pipeline?):
      pipeline.startsWithInput
    case .loop(_, let source, _): source.isInput || source.startsWithInput
    case .conditional(let conditional):
      conditional.then.startsWithInput || conditional.otherwise?.startsWithInput ?? false
    case .attempt(let attempt): attempt.body.startsWithInput || attempt.handler?.startsWithInput ?? false
    default: false
    }
  }
}

extension Pipeline {
  fileprivate var isInput: Bool {
    if case .expression(let expression) = head { tail.isEmpty && expression.isInput } else { false }
  }

  fileprivate var startsWithInput: Bool {
    guard case .expression(let expression) = head else { return false }
    if case .effect(let effect) = expression.kind, case .pipeline(let inner) = effect.kind {
      return inner.startsWithInput
    }
    return !tail.isEmpty && expression.isInput
  }
}
