import OrderedJSON

enum OneCommand {
  static let command = Command(
    "one", topic: .streams, "takes the only item out of a stream; none or several are an error",
    input: .required, result: .value, flow: .kept,
    examples: [
      .init("[7] | one", "the item itself"),
      .init("[{id: 1}, {id: 2}] | where .id == 2 | one", "the one that matches"),
    ]
  ) { call throws(Interruption) in
    let input = call.requiredInput
    input.expect(atMost: 2)
    guard let item = try await input.next() else {
      throw .failure(Failure(.noItems, "expected one item, but none came"))
    }
    guard try await input.next() == nil else {
      await input.close()
      throw .failure(Failure(.tooManyItems, "expected one item, but more came", help: "first 1 takes the first"))
    }
    return .value(item, kind: input.kind)
  }
}
