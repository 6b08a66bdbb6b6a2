import OrderedJSON

enum CountCommand {
  static let command = Command(
    "count", topic: .streams, "counts the items",
    input: .required, result: .value,
    examples: [
      .init("[5, 6, 7] | count", "how many there are"),
      .init("[1, 2, 3] | where . > 1 | count", "how many pass"),
    ]
  ) { call throws(Interruption) in
    let input = call.requiredInput
    var count = 0
    while try await input.next() != nil { count += 1 }
    return .value(.number(JSONNumber(count)))
  }
}
