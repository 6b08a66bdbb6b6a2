import OrderedJSON

enum EnumerateCommand {
  private static let start = Parameter.option(
    "from", .integer, default: 0, "the first item's number", defaultText: "0")

  static let command = Command(
    "enumerate", topic: .streams, "numbers the items: each becomes {index, item}",
    input: .required, result: .stream, flow: .recorded(["index", "item"]), parameters: [start],
    examples: [
      .init(#"["a", "b"] | enumerate"#, "from 0"),
      .init(#"["a", "b"] | enumerate --from 1 | each { "\(.index). \(.item)" }"#, "lines with numbers"),
    ]
  ) { call throws(Interruption) in
    var index: Int? = try await call.value(start)
    return .stream(
      call.requiredInput.map { item throws(Interruption) in
        guard let number = index else {
          throw .failure(Failure(.overflow, "there is no number behind \(Int.max)", at: call.span(of: start)))
        }
        guard !item.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
          throw .failure(.nestedTooDeeply(at: nil))
        }
        index = number == .max ? nil : number + 1
        return ["index": .number(JSONNumber(number)), "item": item]
      })
  }
}
