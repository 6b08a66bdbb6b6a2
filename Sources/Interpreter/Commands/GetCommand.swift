import OrderedJSON

enum GetCommand {
  private static let path = Parameter.positionalPath("path", "where the value stands, such as .payload.items[0].sku")

  static let command = Command(
    "get", topic: .streams, "takes the value at a path out of each item",
    input: .required, result: .asInput, flow: .taken, parameters: [path],
    examples: [
      .init("[{id: 1}, {id: 2}] | get id", "one field of each record"),
      .init(#"{a: [{b: "x"}]} | get .a[0].b"#, "a nested value of one record"),
    ]
  ) { call throws(Interruption) in
    let paths = call.paths(path)
    return try await call.eachItem { item throws(Interruption) in try paths.value(in: item) }
  }
}
