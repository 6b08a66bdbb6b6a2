import OrderedJSON

/// The conditions of the `where` stages right behind a listing command that its source can check as well.
///
/// Only what cannot change the result is taken: a comparison of a field that the source filters by with a text that is
/// fixed while the pipeline runs, and only as long as nothing before it in the condition could fail, ask for something
/// or be warned about.
struct PushDown {
  /// To be added to the arguments of the listing command.
  private(set) var arguments: [Argument] = []
  /// So many stages behind the head drop nothing more, if the source filters as it says.
  private(set) var pushedDownStages = 0

  private enum Conjunct {
    case pushed
    /// Not pushed, but nothing that could fail.
    case harmless
    case other
  }

  init(_ pipeline: Pipeline, scope: Scope, mutated: MutatedVariables) {
    guard case .command(let head) = pipeline.head, case .command(let command) = head.callee,
      let filters = command.filters, command.isGiven(filters.all, in: head), !command.isGiven(filters.cursor, in: head)
    else { return }
    var isPushedDown = true
    for stage in pipeline.tail {
      guard case .command(let filter) = stage.callee, let condition = filter.condition(in: stage) else { return }
      for conjunct in condition.conjuncts {
        switch push(conjunct, filters.filters, command, head, scope: scope, mutated: mutated) {
        case .pushed: break
        case .harmless: isPushedDown = false
        case .other: return
        }
      }
      if isPushedDown { pushedDownStages += 1 }
    }
  }

  private mutating func push(
    _ condition: Expression, _ filters: [SourceFilters.Filter], _ command: Command, _ head: CommandCall, scope: Scope,
    mutated: MutatedVariables
  ) -> Conjunct {
    guard let (field, comparison, operand) = condition.fieldComparison, operand.isFixed(mutated),
      let filter = filters.first(where: { $0.field == field }),
      let value = try? PureEvaluator(scope: scope, item: nil).value(of: operand), case .string(let text, _) = value,
      let index = command.parameters.firstIndex(where: { $0.name == filter.parameter.name })
    else { return .other }
    guard filter.accepts(comparison, text), !command.isGiven(filter.parameter, in: head),
      !arguments.contains(where: { $0.parameter == index })
    else { return comparison == .equal ? .harmless : .other }
    let literal = Expression(kind: .literal(.string(text)), span: operand.span)
    arguments.append(Argument(parameter: index, content: .expression(literal), span: operand.span))
    return .pushed
  }
}

extension Command {
  fileprivate func isGiven(_ parameter: ParameterDeclaration, in call: CommandCall) -> Bool {
    guard let index = parameters.firstIndex(where: { $0.name == parameter.name }),
      let argument = call.arguments.last(where: { $0.parameter == index })
    else { return false }
    // `--all=false` is as good as nothing; what is known only when it runs counts as given where that is the safe side.
    guard parameter.form == .flag, case .expression(let expression) = argument.content else { return true }
    return expression.constant?.isTrue ?? false
  }

  /// The condition of a command that keeps the items for which it holds, and does nothing else.
  fileprivate func condition(in call: CommandCall) -> Expression? {
    guard let condition, let index = parameters.firstIndex(where: { $0.name == condition.name }),
      case .expression(let expression)? = call.arguments.last(where: { $0.parameter == index })?.content
    else { return nil }
    return expression
  }
}

extension Expression {
  /// `a and b and c`: what is evaluated in this order until something is false.
  fileprivate var conjuncts: [Expression] {
    var parts: [Expression] = []
    var rest = [self]
    while let next = rest.popLast() {
      if case .binary(.and, let left, let right, _) = next.kind { rest += [right, left] } else { parts.append(next) }
    }
    return parts
  }

  /// `.field == operand`, the other way round, or `.field like operand`.
  fileprivate var fieldComparison: (field: String, SourceFilters.Match, operand: Expression)? {
    guard case .binary(let operation, let left, let right, _) = kind else { return nil }
    switch operation {
    case .equal:
      if let field = left.field { return (field, .equal, right) }
      return right.field.map { ($0, .equal, left) }
    case .like: return left.field.map { ($0, .like, right) }
    default: return nil
    }
  }

  /// The name in `.name`, where nothing follows.
  private var field: String? {
    guard case .path(let base, let steps) = kind, case .item = base.kind, steps.count == 1, !steps[0].isOptional,
      case .key(let key) = steps[0].kind
    else { return nil }
    return key
  }

  /// Whether it is the same for all items: a literal, a variable that nothing changes, or a part of one.
  fileprivate func isFixed(_ mutated: MutatedVariables) -> Bool {
    switch kind {
    case .literal: true
    case .variable(let name): !mutated.includes(name)
    case .path(let base, let steps): base.isFixed(mutated) && steps.allSatisfy { $0.expression == nil }
    default: false
    }
  }
}
