enum MinCommand {
  private static let path = Parameter.optionalPath("path", "what to compare of each item; without it, the items")

  static let command = Command(
    "min", topic: .streams, "takes the smallest item; null is passed over",
    discussion: "It yields the item, the first of equal ones, or null when there is none.",
    input: .required, result: .value, parameters: [path],
    examples: [
      .init("[3, 1, 2] | min", "of the items themselves"),
      .init("[{id: 1, n: 5}, {id: 2, n: 4}] | min .n | get id", "the item with the smallest field"),
    ]
  ) { call throws(Interruption) in
    try await MinMax.item(call, path) { $0 < 0 }
  }
}
