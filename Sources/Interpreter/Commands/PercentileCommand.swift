import OrderedJSON

enum PercentileCommand {
  private static let percents = Parameter(
    "p", .variadic, .value, "how many percent, from 0 to 100, such as 95 or 99.9", kind: ParameterKind.percents,
    fallback: nil, defaultText: nil, isPerItem: false, complaint: { _ in nil })
  private static let key = Parameter.keyOption("of", "what to take of each item; without it, the items")

  static let command = Command(
    "percentile", topic: .numbers, "tells what so many percent of the numbers do not exceed; holds all of them",
    discussion: """
      It is the nearest rank: always one of the numbers, the smallest that is as large as so many percent of all. Null is \
      passed over, and of no numbers it is null. Several give a record: p50, p95.
      """,
    input: .required, result: .value, parameters: [percents, key],
    searchWords: ["quantile", "percentile_cont", "percentile_disc", "p95", "p99"],
    examples: [
      .init("range 1 200 | percentile 95", "of the items themselves", gives: "190"),
      .init(
        "[{ms: 10}, {ms: 25}, {ms: 900}] | percentile 50 99 --of .ms", "two of a field", gives: #"{"p50":25,"p99":900}"#
      ),
    ]
  ) { call throws(Interruption) in
    let percents = try await call.value(percents)
    let numbers = try SortedNumbers(try await call.numbers(call.keys(key)))
    let values = percents.map { percent in
      (name: "p\(percent.text)", value: numbers.percentile(percent).map { JSONValue.number($0) } ?? .null)
    }
    guard values.count > 1 else { return .value(values.first?.value ?? .null) }
    return .value(.object(JSONObject(values.map { ($0.name, $0.value) })))
  }
}

extension ParameterKind where Wrapped == [Percent] {
  fileprivate static var percents: ParameterKind {
    ParameterKind(.value) { value throws(ConversionError) in
      var percents: [Percent] = []
      for item in value.arrayValue ?? [value] { percents.append(try ParameterKind<Percent>.percent.convert(item)) }
      return percents
    }
  }
}
