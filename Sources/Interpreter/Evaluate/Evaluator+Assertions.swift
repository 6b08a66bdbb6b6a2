import OrderedJSON

extension Evaluator {
  func assert(
    _ condition: Expression, _ message: Expression?, in scope: Scope, item: JSONValue?
  ) async throws(Interruption) {
    var condition = condition
    var sides: (left: JSONValue, right: JSONValue)?
    if case .binary(let operation, let left, let right, let span) = condition.kind, operation.precedence == .comparison
    {
      // Each side is computed once, so that it can be shown as it was.
      let values = (
        left: try await value(of: left, scope: scope, item: item),
        right: try await value(of: right, scope: scope, item: item)
      )
      sides = values
      condition = Expression(
        kind: .binary(
          operation, Expression(kind: .literal(values.left), span: left.span),
          Expression(kind: .literal(values.right), span: right.span), span),
        span: condition.span)
    }
    guard try await !value(of: condition, scope: scope, item: item).isTrue else { return }
    var text = "this does not hold"
    if let message { text = try await value(of: message, scope: scope, item: item).text }
    var facts: JSONObject = [:]
    if let (left, right) = sides {
      text += ": left \(left.shownInMessage), right \(right.shownInMessage)"
      facts["details"] = ["left": left, "right": right]
    }
    throw .failure(Failure(.assertionFailed, text, at: condition.span, facts: facts))
  }
}

extension JSONValue {
  /// Its JSON, cut where it is long.
  fileprivate var shownInMessage: String {
    let limit = 200
    let text = JSONWriter.compact.string(self)
    return text.utf8.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
