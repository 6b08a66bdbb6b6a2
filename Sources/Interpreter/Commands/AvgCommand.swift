import OrderedJSON

enum AvgCommand {
  private static let keys = Parameter.optionalKeys("key", "what to average of each item; without it, the items")

  static let command = Command(
    "avg", topic: .numbers, "tells the average of numbers; null is passed over",
    discussion: """
      The numbers are added up exactly, and the sum is divided as / does. Of no numbers it is null. Several keys give a \
      record of their averages.
      """,
    input: .required, result: .value, parameters: [keys],
    searchWords: ["average", "mean", "math avg"],
    examples: [
      .init("[1, 2, 4.5] | avg", "of the items themselves", gives: "2.5"),
      .init("[{ms: 10}, {ms: 40}, {}] | avg .ms", "of a field, of those that have it", gives: "25"),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys)
    var sums = [ExactSum](repeating: ExactSum(), count: max(1, keys.count))
    var counts = [Int](repeating: 0, count: sums.count)
    try await call.forEachNumber(keys) { column, number throws(Failure) in
      try sums[column].add(.number(number))
      counts[column] += 1
    }
    var averages: [JSONValue] = []
    for (sum, count) in zip(sums, counts) { averages.append(try call.average(sum, count)) }
    return .value(keys.count < 2 ? averages[0] : keys.record(of: averages))
  }
}

extension Call {
  /// Null of nothing.
  func average(_ sum: ExactSum, _ count: Int) throws(Interruption) -> JSONValue {
    guard count > 0 else { return .null }
    let total = try Interruption.rethrowing { () throws(Failure) in try sum.total() }
    return .number(try quotient(total, JSONNumber(count)))
  }
}
