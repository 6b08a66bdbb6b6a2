import OrderedJSON

enum TypeCommand {
  static let command = Command(
    "type", topic: .streams, "tells what each item is: null, boolean, number, string, list or record",
    discussion: "A list that is piped gives its items one by one, so that each is told.",
    input: .required, result: .asInput,
    searchWords: ["typeof", "kind", "describe", "dtypes", "jtype"],
    examples: [
      .init("{a: 1} | type", "of one value", gives: "record"),
      .init(#"[1, "x", null, [2]] | type"#, "of each item", gives: "number\nstring\nnull\nlist"),
    ]
  ) { call throws(Interruption) in
    try await call.eachItem { item throws(Interruption) in .string(item.kindName) }
  }
}
