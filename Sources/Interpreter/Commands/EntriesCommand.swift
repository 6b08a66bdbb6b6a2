import OrderedJSON

enum EntriesCommand {
  static let command = Command(
    "entries", topic: .streams, "gives the fields of each record one by one, as {key, value}",
    discussion: "from-entries makes one record of them again.",
    input: .required, result: .stream, flow: .recorded(["key", "value"]),
    searchWords: ["to_entries", "with_entries", "items", "pairs", "transpose", "columns", "melt"],
    examples: [
      .init(
        "{a: 1, b: 2} | entries", "of one record", gives: #"{"key":"a","value":1}"# + "\n" + #"{"key":"b","value":2}"#),
      .init("{a: 1, b: null} | entries | where .value != null | from-entries", "only some of them", gives: #"{"a":1}"#),
    ]
  ) { call throws(Interruption) in
    let name = call.name
    return .stream(
      call.requiredInput.flatMap { item throws(Interruption) in
        guard case .object(let record) = item else {
          throw .failure(Failure(.typeMismatch, "'\(name)' takes records, got \(item.kindWithArticle)"))
        }
        return ItemStream(record.exactPairs.map { ["key": $0.key.value, "value": $0.value] })
      })
  }
}
