import OrderedJSON

enum UpperCommand {
  static let command = Command(
    "upper", topic: .text, "puts text into upper case",
    discussion: "In the way of Unicode, whatever the machine's language is. Null stays null.",
    input: .required, result: .asInput,
    examples: [
      .init(#""order.created" | upper"#, "one text"),
      .init(#"[{city: "köln"}] | each { .city | upper }"#, "a field of each record"),
    ]
  ) { call throws(Interruption) in
    try await call.eachText { text throws(Interruption) in .string(text.uppercased()) }
  }
}
