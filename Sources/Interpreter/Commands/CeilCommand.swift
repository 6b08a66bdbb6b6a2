import OrderedJSON

enum CeilCommand {
  static let command = Command(
    "ceil", topic: .numbers, "gives the smallest whole number that is not below each number",
    discussion: "It works on the digits as they are written, however many there are. Null stays null.",
    input: .required, result: .asInput,
    searchWords: ["round up", "ceiling", "math ceil"],
    examples: [
      .init("2.1 | ceil", "of one number", gives: "3"),
      .init("[1.5, -1.5, 3] | ceil", "of each number", gives: "2\n-1\n3"),
    ]
  ) { call throws(Interruption) in
    try await call.eachNumber { .number(Rounding.rounded($0, to: 0, .up)) }
  }
}
