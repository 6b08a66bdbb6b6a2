import OrderedJSON

enum EachCommand {
  private static let block = Parameter.positional(
    "block", .block, "statements, run once for each item, which is . in them", isPerItem: true)

  static let command = Command(
    "each", topic: .streams, "runs statements for each item and yields what they yield",
    input: .required, result: .stream, parameters: [block],
    examples: [
      .init("[1, 2] | each { . * 10 }", "compute with each item"),
      .init("[{a: 1}, {a: 2}] | each {sum: .a + 1}", "make a new record of each"),
    ]
  ) { call throws(Interruption) in
    guard let block = call.block(block) else { return .stream(call.requiredInput) }
    return .stream(call.requiredInput.flatMap { item throws(Interruption) in try await block.items(for: item) })
  }
}
