import OrderedJSON

enum FloorCommand {
  static let command = Command(
    "floor", topic: .numbers, "gives the largest whole number that is not above each number",
    discussion: "It works on the digits as they are written, however many there are. Null stays null.",
    input: .required, result: .asInput,
    searchWords: ["round down", "truncate", "math floor", "int"],
    examples: [
      .init("2.9 | floor", "of one number", gives: "2"),
      .init("[1.5, -1.5, 3] | floor", "of each number", gives: "1\n-2\n3"),
    ]
  ) { call throws(Interruption) in
    try await call.eachNumber { .number(Rounding.rounded($0, to: 0, .down)) }
  }
}
