import OrderedJSON

enum ReverseCommand {
  static let command = Command(
    "reverse", topic: .streams, "turns the order of the items round; holds all of them",
    input: .required, result: .stream, flow: .kept,
    examples: [
      .init("[1, 2, 3] | reverse", "the last one first"),
      .init("[{n: 2}, {n: 1}] | sort-by .n | reverse | get n", "after another stage"),
    ]
  ) { call throws(Interruption) in
    let input = call.requiredInput
    var held: [JSONValue]?
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if held == nil {
          var items: [JSONValue] = []
          while let item = try await input.nextHeld() { items.append(item) }
          held = items
        }
        return held?.popLast()
      })
  }
}
