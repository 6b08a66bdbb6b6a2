import OrderedJSON

enum ValuesCommand {
  static let command = Command(
    "values", topic: .streams, "makes a list of each record's values, in the order of their keys",
    input: .required, result: .asInput,
    examples: [
      .init("{a: 5, b: 7} | values", "of one record"),
      .init("{a: 5, b: 7} | values | sum", "the list's items, one by one"),
    ]
  ) { call throws(Interruption) in
    try await call.eachRecord { record throws(Interruption) in
      return .array(record.map { $0.value })
    }
  }
}
