import OrderedJSON

/// What `min` and `max` have in common.
enum MinMax {
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
        throw .failure(unordered(value, best?.value ?? value, call, parameter))
      }
      if best == nil || comesBefore(order) { best = (value, item.detached()) }
    }
    return .value(best?.item ?? .null, kind: best == nil ? nil : input.kind)
  }

  private static func unordered(
    _ value: JSONValue, _ best: JSONValue, _ call: Call, _ parameter: some AnyParameter
  ) -> Failure {
    let kinds = Set([best.kindName, value.kindName]).sorted()
    let message =
      kinds.count == 1
      ? "'\(call.name)' cannot compare \(kinds[0])s" : "'\(call.name)' cannot compare a \(kinds[0]) with a \(kinds[1])"
    return Failure(
      .typeMismatch, message, at: call.span(of: parameter),
      help: kinds == ["record"] && !call.isGiven(parameter)
        ? "to compare a field: \(call.name) .field" : "numbers, strings and booleans compare among themselves")
  }
}
