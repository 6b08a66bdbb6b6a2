import OrderedJSON

enum LowerCommand {
  static let command = Command(
    "lower", topic: .text, "puts text into lower case",
    discussion: "In the way of Unicode, whatever the machine's language is. Null stays null.",
    input: .required, result: .asInput,
    examples: [
      .init(#""Order.CREATED" | lower"#, "one text"),
      .init(#"["A", "B"] | lower"#, "each of several"),
    ]
  ) { call throws(Interruption) in
    try await call.eachText { text throws(Interruption) in .string(text.lowercased()) }
  }
}
