import OrderedJSON

enum AnyCommand {
  private static let condition = Parameter.optionalPositional(
    "condition", .expression, "an expression over the item; without it, the item", isPerItem: true)

  static let command = Command(
    "any", topic: .streams, "tells whether a condition holds for some item; asks for no more than it must",
    discussion: "Of no items it is false. Only false and null do not hold.",
    input: .required, result: .value, parameters: [condition],
    searchWords: ["some", "exists", "contains", "anyTrue"],
    examples: [
      .init(#"[{s: "failed"}, {s: "dead"}] | any .s == "dead""#, "of a field", gives: "true"),
      .init("[false, null] | any", "of the items themselves", gives: "false"),
    ]
  ) { call throws(Interruption) in
    .value(.bool(try await call.stops(at: true, condition)))
  }
}

extension Call {
  /// Whether the condition of some item is true, or false as the case may be. What comes behind is not asked for.
  func stops(at truth: Bool, _ condition: some AnyParameter) async throws(Interruption) -> Bool {
    let condition = expression(condition)
    let input = requiredInput
    while let item = try await input.next() {
      var value = item
      if let condition { value = try await condition.value(for: item) }
      guard value.isTrue == truth else { continue }
      await input.close()
      return true
    }
    return false
  }
}
