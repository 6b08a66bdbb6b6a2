import OrderedJSON

/// What `min` and `max` have in common.
enum Extreme {
  /// The item whose value at the path comes before all others, the first of equal ones; null when there is none.
  /// - Parameter comesBefore: whether a value of this order to the best so far takes its place.
  static func item(
    _ call: Call, _ parameter: some AnyParameter, comesBefore: (_ order: Int) -> Bool
  ) async throws(Interruption) -> Output {
    let path = call.paths(parameter)
    let input = call.requiredInput
    var best: (value: JSONValue, item: JSONValue)?
    while let item = try await input.next() {
      let value = try path.value(in: item)
      guard !value.isNull else { continue }
      // Alone it would have nothing to be compared with, but what is an error with two items is one with one.
      guard let order = Comparison.order(value, best?.value ?? value) else {
        throw .failure(mixed(value, best?.value ?? value, at: call.span(of: parameter)))
      }
      if best == nil || comesBefore(order) { best = (value, item.detached()) }
    }
    return .value(best?.item ?? .null, kind: best == nil ? nil : input.kind)
  }

  private static func mixed(_ value: JSONValue, _ best: JSONValue, at span: SourceSpan?) -> Failure {
    Failure(
      "type-mismatch", "\(value.kindWithArticle) and \(best.kindWithArticle) have no order", at: span,
      help: "numbers, strings and booleans can be compared among themselves")
  }
}
