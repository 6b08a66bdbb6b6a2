import OrderedJSON

enum AbsCommand {
  static let command = Command(
    "abs", topic: .numbers, "gives each number without its sign",
    discussion: "Its digits stay as they are written. Null stays null.",
    input: .required, result: .asInput,
    searchWords: ["absolute", "magnitude", "fabs", "math abs"],
    examples: [
      .init("-2.50 | abs", "of one number", gives: "2.50"),
      .init("[3, -4] | abs | sum", "of each number", gives: "7"),
    ]
  ) { call throws(Interruption) in
    try await call.eachNumber { .number(Rounding.magnitude(of: $0)) }
  }
}
