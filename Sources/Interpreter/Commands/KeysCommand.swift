import OrderedJSON

enum KeysCommand {
  static let command = Command(
    "keys", topic: .streams, "makes a list of each record's keys, in their order",
    input: .required, result: .asInput,
    examples: [
      .init("{id: 1, name: 2} | keys", "of one record"),
      .init("[{a: 1}, {b: 2, a: 3}] | keys | flatten | uniq", "all keys that some record has"),
    ]
  ) { call throws(Interruption) in
    try await call.eachRecord { record throws(Interruption) in
      return .array(record.exactPairs.map { $0.key.value })
    }
  }
}
