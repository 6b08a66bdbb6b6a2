enum MinCommand {
  private static let keys = Parameter.optionalKeys(
    "key", "what to compare of each item, where the first is equal the second; without it, the items")

  static let command = Command(
    "min", topic: .streams, "takes the smallest item; null is passed over",
    discussion: """
      It yields the item, the first of equal ones, or null when there is none. Where all first keys are RFC 3339 times, \
      the moments count, whatever the offset; otherwise texts are compared as text.
      """,
    input: .required, result: .value, parameters: [keys],
    searchWords: ["MIN", "min_by", "least", "earliest", "argmin"],
    examples: [
      .init("[3, 1, 2] | min", "of the items themselves", gives: "1"),
      .init("[{id: 1, n: 5}, {id: 2, n: 4}] | min .n | get id", "the item with the smallest field", gives: "2"),
      .init(
        #"["2026-01-31T12:00:00+02:00", "2026-01-31T11:00:00Z"] | min"#, "of times, by the moment",
        gives: "2026-01-31T12:00:00+02:00"),
    ]
  ) { call throws(Interruption) in
    try await MinMax.item(call, keys) { $0 < 0 }
  }
}
