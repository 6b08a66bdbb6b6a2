import OrderedJSON

enum CountByCommand {
  private static let keys = Parameter.optionalKeys("key", "what to count by; without it, the items")

  static let command = Command(
    "count-by", topic: .streams, "counts how often each value comes, the most frequent first; holds the values",
    discussion: """
      It yields {key, count} for each value; of those that come equally often, the one that came first stands first. Values \
      are the same where == holds. Null, and a field that is missing, is a value too. Of several keys it is a record.
      """,
    input: .required, result: .stream, flow: .grouped(holdsItems: false), parameters: [keys],
    searchWords: ["value_counts", "frequency", "tally", "uniq -c", "GROUP BY", "histogram", "top"],
    examples: [
      .init(
        #"[{s: "dead"}, {s: "failed"}, {s: "failed"}] | count-by .s"#, "how many there are of each",
        gives: #"{"key":"failed","count":2}"# + "\n" + #"{"key":"dead","count":1}"#),
      .init(
        "[1, 5, 12] | count-by (. >= 10)", "by what is computed",
        gives: #"{"key":false,"count":2}"# + "\n" + #"{"key":true,"count":1}"#),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys)
    let input = call.requiredInput
    var counts: [(key: JSONValue, count: Int)]?
    return .stream(
      ItemStream(cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if counts == nil {
          var gathered: [(key: JSONValue, count: Int)] = []
          var places: [ValueKey: Int] = [:]
          while let item = try await input.next() {
            let value = try await keys.value(for: item)
            let key = ValueKey(value)
            if let place = places[key] {
              gathered[place].count += 1
              continue
            }
            guard !value.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
              throw .failure(.nestedTooDeeply(at: nil))
            }
            places[key] = gathered.count
            gathered.append((value.detached(), 1))
          }
          // The last one first, ready to be taken from the end.
          counts = try Self.ordered(gathered)
        }
        return counts?.popLast().map { ["key": $0.key, "count": .number(JSONNumber($0.count))] }
      })
  }

  private static func ordered(_ counts: [(key: JSONValue, count: Int)]) throws(Interruption) -> [(
    key: JSONValue, count: Int
  )] {
    do {
      var comparisons = 0
      return try counts.enumerated().sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFF == 0 { try Task.checkCancellation() }
        return left.element.count == right.element.count
          ? left.offset > right.offset : left.element.count < right.element.count
      }.map { $0.element }
    } catch {
      throw .cancelled
    }
  }
}
