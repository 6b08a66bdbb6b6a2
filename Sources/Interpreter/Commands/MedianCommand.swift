import OrderedJSON

enum MedianCommand {
  private static let key = Parameter.optionalKey("key", "what to take of each item; without it, the items")

  static let command = Command(
    "median", topic: .numbers, "tells the number in the middle; null is passed over; holds all of them",
    discussion: """
      Of an even number of numbers it is the average of the two in the middle; percentile 50 is the smaller one of these. \
      Of no numbers it is null.
      """,
    input: .required, result: .value, parameters: [key],
    searchWords: ["p50", "middle", "quantile", "math median"],
    examples: [
      .init("[9, 1, 4] | median", "of the items themselves", gives: "4"),
      .init("[{ms: 10}, {ms: 25}, {ms: 900}, {ms: 20}] | median .ms", "of a field", gives: "22.5"),
    ]
  ) { call throws(Interruption) in
    guard let middle = try SortedNumbers(try await call.numbers(call.keys(key))).middle else { return .value(.null) }
    guard Number.compare(middle.0, middle.1) != 0 else { return .value(.number(middle.0)) }
    var sum = ExactSum()
    try Interruption.rethrowing { () throws(Failure) in
      try sum.add(.number(middle.0))
      try sum.add(.number(middle.1))
    }
    return .value(try call.average(sum, 2))
  }
}
