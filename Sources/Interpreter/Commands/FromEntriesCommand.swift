import OrderedJSON

enum FromEntriesCommand {
  /// A record with more keys is nobody's intention.
  private static let limit = 1_000_000

  static let command = Command(
    "from-entries", topic: .streams, "makes one record of {key, value} records, or of lists of two; holds all of them",
    discussion: "A key is text, or a number as it is written. Of equal keys the last counts. 1,000,000 are the most.",
    input: .required, result: .value,
    searchWords: ["from_entries", "with_entries", "into record", "dict", "object", "pivot"],
    examples: [
      .init(#"[{key: "a", value: 1}, {key: "b", value: 2}] | from-entries"#, "one record", gives: #"{"a":1,"b":2}"#),
      .init(
        #"[{s: "dead"}, {s: "dead"}] | count-by .s | each { [.key, .count] } | from-entries"#, "of lists",
        gives: #"{"dead":2}"#),
    ]
  ) { call throws(Interruption) in
    let input = call.requiredInput
    var record = JSONObject()
    var place = 0
    while let item = try await input.next() {
      place += 1
      guard place <= limit else {
        await input.close()
        throw .failure(Failure(.tooLarge, "a record would have more than \(limit) keys"))
      }
      let (key, value) = try entry(item, place)
      guard !value.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
        await input.close()
        throw .failure(.nestedTooDeeply(at: nil))
      }
      record[key] = value.detached()
    }
    return .value(.object(record))
  }

  private static func entry(_ item: JSONValue, _ place: Int) throws(Interruption) -> (String, JSONValue) {
    let parts: (JSONValue, JSONValue)? =
      switch item {
      case .object(let record): record["key"].map { ($0, record["value"] ?? .null) }
      case .array(let items): items.count == 2 ? (items[0], items[1]) : nil
      default: nil
      }
    switch parts {
    case (.string(let key, _), let value)?: return (key, value)
    case (.number(let key), let value)?: return (key.text, value)
    case (let key, _)?:
      throw .failure(
        Failure(.typeMismatch, "a key is text or a number, got \(key.kindWithArticle)\(key.shown(of: item, place))"))
    case nil:
      throw .failure(
        Failure(
          .typeMismatch,
          "'from-entries' takes {key, value} or [key, value], got \(item.kindWithArticle)\(item.shown(of: item, place))"
        ))
    }
  }
}
