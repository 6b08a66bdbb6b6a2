import Basics
import OrderedJSON

enum HistogramCommand {
  private static let key = Parameter.optionalKey("key", "what to take of each item; without it, the items")
  private static let every = Parameter.option(
    "every", .width, "how wide a bin is: a number, or a duration such as 10m for times")
  private static let bins = Parameter.option(
    "bins", .integer(in: 1...Histogram.mostBins), "how many bins of the same width there are; 10 without --every")

  static let command = Command(
    "histogram", topic: .numbers, "counts numbers or times in bins of the same width; holds all of them",
    discussion: """
      It yields {from, to, count} for each bin, empty ones included. A bin takes what is from \
      or later and before to; the last one of --bins takes its end too. Bins of --every begin at its multiples: of 1h on \
      the hour, of 1d at midnight in UTC, of 7d on Mondays. Times are RFC 3339 texts, to the millisecond. Null is passed \
      over. 10,000 bins are the most.
      """,
    input: .required, result: .stream, flow: .recorded(["from", "to", "count"]), parameters: [key, every, bins],
    searchWords: ["bucket", "bin", "distribution", "date_trunc", "hist", "cut", "timeseries", "rate"],
    examples: [
      .init(
        "[1, 2, 2, 25] | histogram --every 10", "numbers",
        gives: [(0, 10, 3), (10, 20, 0), (20, 30, 1)].map { #"{"from":\#($0),"to":\#($1),"count":\#($2)}"# }
          .joined(separator: "\n")),
      .init(
        #"[{at: "2026-01-31T12:01:00Z"}, {at: "2026-01-31T12:14:59Z"}] | histogram .at --every 10m | get count"#,
        "times, in bins of ten minutes", gives: "1\n1"),
      .init(
        "[0, 1, 4] | histogram --bins 2 | chart --width 20", "as bars",
        gives: "0  ##############  2\n2  #######         1"),
    ]
  ) { call throws(Interruption) in
    let width = try await call.value(every)
    let count = try await call.value(bins)
    if width != nil, count != nil {
      throw .failure(
        Failure(.badArgument, "'histogram' takes --every or --bins, not both", at: call.span(of: bins)))
    }
    let keys = call.keys(key)
    let input = call.requiredInput
    var rows: [JSONValue]?
    return .stream(
      ItemStream(cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if rows == nil {
          var histogram = Histogram()
          var place = 0
          while let item = try await input.next() {
            place += 1
            let value = try await keys.value(for: item)
            try Interruption.rethrowing(at: keys.span(of: 0)) { () throws(Failure) in
              try histogram.add(value, of: item, place)
            }
          }
          rows = try Interruption.rethrowing(at: call.span(of: every) ?? call.span(of: bins) ?? call.nameSpan) {
            () throws(Failure) in try histogram.rows(width, bins: count ?? 10)
          }.reversed()
        }
        return rows?.popLast()
      })
  }
}

extension ParameterKind where Wrapped == Histogram.Width {
  /// A number or a duration above zero.
  fileprivate static var width: ParameterKind {
    ParameterKind(.value) { value throws(ConversionError) in
      let number = value.numberValue ?? value.stringValue.flatMap { JSONNumber($0) }
      let duration = Duration(durationText: value.text)
      guard number.map({ Number.compare($0, JSONNumber(0)) > 0 }) ?? true, number != nil || duration != nil,
        number != nil || duration.map({ $0 > .zero }) ?? false
      else { throw .expected("a number above 0, or a duration such as 10m", got: value) }
      return Histogram.Width(text: value.text, number: number, duration: duration)
    }
  }
}
