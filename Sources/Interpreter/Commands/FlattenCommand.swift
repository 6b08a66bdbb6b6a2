import OrderedJSON

enum FlattenCommand {
  static let command = Command(
    "flatten", topic: .streams, "gives the items of lists one by one; other items pass as they are",
    input: .required, result: .stream,
    examples: [
      .init("[[1, 2], [3], 4] | flatten", "one level of lists"),
      .init("[{tags: [1, 2]}, {tags: [3]}] | get tags | flatten", "the items of a field"),
    ]
  ) { call throws(Interruption) in
    .stream(
      call.requiredInput.flatMap { item throws(Interruption) in
        if case .array(let items) = item { ItemStream(items) } else { ItemStream([item]) }
      })
  }
}
