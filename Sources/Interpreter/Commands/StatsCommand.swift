import OrderedJSON

enum StatsCommand {
  private static let key = Parameter.optionalKey("key", "what to take of each item; without it, the items")

  static let command = Command(
    "stats", topic: .numbers, "sums numbers up in one record; null is passed over; holds all of them",
    discussion: """
      It gives count, sum, min, max, avg, p50, p95 and p99. All but count and sum are null where there is no number. The \
      percentiles are nearest ranks, as percentile gives them.
      """,
    input: .required, result: .value, flow: .recorded(["count", "sum", "min", "max", "avg", "p50", "p95", "p99"]),
    parameters: [key],
    searchWords: ["describe", "summary", "statistics", "datamash"],
    examples: [
      .init(
        "[1, 2, 3, 4] | stats", "of the items themselves",
        gives: #"{"count":4,"sum":10,"min":1,"max":4,"avg":2.5,"p50":2,"p95":4,"p99":4}"#),
      .init("[{ms: 10}, {ms: 25}, {}] | stats .ms | get avg", "of a field", gives: "17.5"),
    ]
  ) { call throws(Interruption) in
    let numbers = try await call.numbers(call.keys(key))
    var sum = ExactSum()
    let total = try Interruption.rethrowing { () throws(Failure) in
      for number in numbers { try sum.add(.number(number)) }
      return try sum.total()
    }
    let sorted = try SortedNumbers(numbers)
    func value(_ number: JSONNumber?) -> JSONValue { number.map { .number($0) } ?? .null }
    return .value([
      "count": .number(JSONNumber(sorted.count)), "sum": .number(total), "min": value(sorted.first),
      "max": value(sorted.last), "avg": try call.average(sum, sorted.count), "p50": value(sorted.percentile(.p50)),
      "p95": value(sorted.percentile(.p95)), "p99": value(sorted.percentile(.p99)),
    ])
  }
}
