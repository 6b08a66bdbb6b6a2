import OrderedJSON

enum SumCommand {
  private static let keys = Parameter.optionalKeys("key", "what to add up of each item; without it, the items")

  static let command = Command(
    "sum", topic: .streams, "adds up numbers exactly; null counts as nothing",
    discussion: """
      Fractions are added exactly too, in whatever order they come: 0.1 and 0.2 make 0.3. Of whole numbers the sum must \
      fit 64 bits. When more than 38 digits would be needed, the rest is added as + does. Several keys give a record of \
      their sums.
      """,
    input: .required, result: .value, parameters: [keys],
    searchWords: ["add", "total", "math sum", "reduce"],
    examples: [
      .init("[1, 2, 3.5] | sum", "of the items themselves", gives: "6.5"),
      .init("[{amount: 100}, {amount: 50}, {}] | sum .amount", "of a field", gives: "150"),
      .init("[{price: 2.5, n: 4}, {price: 1, n: 3}] | sum (.price * .n)", "of what is computed", gives: "13"),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys)
    var sums = [ExactSum](repeating: ExactSum(), count: max(1, keys.count))
    try await call.forEachNumber(keys, "adds") { column, number throws(Failure) in
      try sums[column].add(.number(number))
    }
    var totals: [JSONValue] = []
    for sum in sums { totals.append(.number(try Interruption.rethrowing { () throws(Failure) in try sum.total() })) }
    return .value(keys.count < 2 ? totals[0] : keys.record(of: totals))
  }
}
