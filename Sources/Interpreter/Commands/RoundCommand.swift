import OrderedJSON

enum RoundCommand {
  private static let places = Parameter.positional(
    "n", .integer(in: -100...100), default: 0, "how many digits to keep behind the point; -2 rounds to hundreds",
    defaultText: "0")

  static let command = Command(
    "round", topic: .numbers, "rounds numbers, halves away from zero",
    discussion: """
      It works on the digits as they are written, so that 2.675 gives 2.68. Zeros at the end are left out; format number \
      keeps them. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [places],
    searchWords: ["precision", "math round", "toFixed", "decimals"],
    examples: [
      .init("2.5 | round", "to a whole number", gives: "3"),
      .init("[2.675, -0.125, 7] | round 2", "to two places", gives: "2.68\n-0.13\n7"),
    ]
  ) { call throws(Interruption) in
    let places = try await call.value(places)
    return try await call.eachNumber { .number(Rounding.rounded($0, to: places, .halfAwayFromZero)) }
  }
}
