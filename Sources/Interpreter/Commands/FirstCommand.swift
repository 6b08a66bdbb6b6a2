import OrderedJSON

enum FirstCommand {
  private static let count = Parameter.positional(
    "n", .integer(in: 0...Int.max), default: 1, "how many", defaultText: "1")

  static let command = Command(
    "first", topic: .streams, "keeps the first items and stops what makes more",
    discussion: "It always yields a stream, also for `first 1`; the one item by itself is `first 1 | one`.",
    input: .required, result: .stream, flow: .kept, parameters: [count],
    examples: [
      .init("[1, 2, 3] | first 2", "the first two"),
      .init("[1, 2, 3] | first", "a stream of one"),
    ]
  ) { call throws(Interruption) in
    var left = try await call.value(count)
    let input = call.requiredInput
    input.expect(atMost: left)
    return .stream(
      ItemStream(
        kind: input.kind,
        expecting: { input.expect(atMost: min(left, $0)) },
        cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          guard left > 0, let item = try await input.next() else { return nil }
          left -= 1
          // What comes behind the last wanted item is never asked for.
          if left == 0 { await input.close() }
          return item
        }))
  }
}
