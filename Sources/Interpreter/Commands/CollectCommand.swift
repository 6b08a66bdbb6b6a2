import OrderedJSON

enum CollectCommand {
  static let command = Command(
    "collect", topic: .streams, "gathers all items into one list",
    input: .required, result: .value,
    examples: [
      .init("[1, 2] | each { . + 1 } | collect", "one list instead of two items"),
      .init("let sorted = [3, 1] | sort-by | collect; $sorted[0]", "so that the list as a whole can be used"),
    ]
  ) { call throws(Interruption) in
    .value(.array(try await call.requiredInput.collect()), kind: call.requiredInput.kind)
  }
}
