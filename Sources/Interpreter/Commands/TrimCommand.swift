import OrderedJSON

enum TrimCommand {
  static let command = Command(
    "trim", topic: .text, "takes the white space off both ends of text",
    discussion: "White space is what Unicode calls so, line breaks included. Null stays null.",
    input: .required, result: .asInput,
    examples: [
      .init(#""  paid \n" | trim"#, "spaces and a line break"),
      .init(#"" a, b " | split "," | trim"#, "off each part"),
    ]
  ) { call throws(Interruption) in
    try await call.eachText { text throws(Interruption) in
      let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
      guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
      return .string(String(scalars[...last]))
    }
  }
}
