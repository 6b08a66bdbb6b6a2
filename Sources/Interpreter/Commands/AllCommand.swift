import OrderedJSON

enum AllCommand {
  private static let condition = Parameter.optionalPositional(
    "condition", .expression, "an expression over the item; without it, the item", isPerItem: true)

  static let command = Command(
    "all", topic: .streams, "tells whether a condition holds for every item; asks for no more than it must",
    discussion: "Of no items it is true. Only false and null do not hold.",
    input: .required, result: .value, parameters: [condition],
    searchWords: ["every", "allTrue", "forall"],
    examples: [
      .init(#"[{s: "failed"}, {s: "dead"}] | all .s == "dead""#, "of a field", gives: "false"),
      .init("[1, 2] | all . > 0", "of the items themselves", gives: "true"),
    ]
  ) { call throws(Interruption) in
    .value(.bool(!(try await call.stops(at: false, condition))))
  }
}
