import OrderedJSON

enum ChunkCommand {
  private static let size = Parameter.positional("n", .integer(in: 1...1_000_000), "how many items a list has")

  static let command = Command(
    "chunk", topic: .streams, "gathers so many items at a time into lists; the last may be shorter",
    input: .required, result: .stream, parameters: [size],
    searchWords: ["batch", "window", "split", "group", "xargs -n"],
    examples: [
      .init("[1, 2, 3] | chunk 2", "lists of two", gives: "[1,2]\n[3]"),
      .init("range 1 6 | chunk 3 | each { . | sum }", "something for each list", gives: "6\n15"),
    ]
  ) { call throws(Interruption) in
    let size = try await call.value(size)
    let input = call.requiredInput
    return .stream(
      ItemStream(
        expecting: { wanted in
          let (product, isTooLarge) = wanted.multipliedReportingOverflow(by: size)
          if !isTooLarge { input.expect(atMost: product) }
        },
        cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          var items: [JSONValue] = []
          while items.count < size, let item = try await input.next() {
            guard !item.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
              throw .failure(.nestedTooDeeply(at: nil))
            }
            items.append(item.detached())
          }
          return items.isEmpty ? nil : .array(items)
        }))
  }
}
