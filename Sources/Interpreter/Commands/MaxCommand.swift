enum MaxCommand {
  private static let keys = Parameter.optionalKeys(
    "key", "what to compare of each item, where the first is equal the second; without it, the items")

  static let command = Command(
    "max", topic: .streams, "takes the largest item; null is passed over",
    discussion: """
      It yields the item, the first of equal ones, or null when there is none. Where all first keys are RFC 3339 times, \
      the moments count, whatever the offset; otherwise texts are compared as text.
      """,
    input: .required, result: .value, parameters: [keys],
    searchWords: ["MAX", "max_by", "greatest", "latest", "argmax"],
    examples: [
      .init("[3, 1, 2] | max", "of the items themselves", gives: "3"),
      .init("[{id: 1, n: 5}, {id: 2, n: 4}] | max .n | get id", "the item with the largest field", gives: "1"),
      .init(
        #"["2026-01-31T12:00:00+02:00", "2026-01-31T11:00:00Z"] | max"#, "of times, by the moment",
        gives: "2026-01-31T11:00:00Z"),
    ]
  ) { call throws(Interruption) in
    try await MinMax.item(call, keys) { $0 > 0 }
  }
}
