import OrderedJSON

enum LengthCommand {
  static let command = Command(
    "length", topic: .text, "tells how long text, a list or a record is",
    discussion: """
      Of text it is the number of characters as people count them: é is one, however it is written, and so is a flag. Of a
      record it is the number of keys. A list that is piped gives its items one by one, so that each is measured:
      the number of items is what count tells, and length that of lists within the list. Null stays null.
      """,
    input: .required, result: .asInput,
    examples: [
      .init(#""São Paulo" | length"#, "the characters of one text"),
      .init(#"[{tags: ["a", "b"]}, {tags: []}] | get tags | length"#, "the items of a field that is a list"),
    ]
  ) { call throws(Interruption) in
    try await call.eachItem { item throws(Interruption) in
      switch item {
      case .string(let text, _): return .number(JSONNumber(text.count))
      case .array(let items): return .number(JSONNumber(items.count))
      case .object(let record): return .number(JSONNumber(record.count))
      case .null: return .null
      case .number, .bool: throw .failure(wrongKind(item))
      }
    }
  }

  private static func wrongKind(_ item: JSONValue) -> Failure {
    Failure(
      .typeMismatch, "'length' takes text, lists and records, got \(item.kindWithArticle)",
      help: "count tells how many items there are")
  }
}
