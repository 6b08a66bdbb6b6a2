import OrderedJSON

enum MergeCommand {
  private static let other = Parameter.positional(
    "record", .record, "what to join to each record; .field in it is the item's", isPerItem: true)
  private static let isDeep = Parameter.flag(
    "deep", "join records within the records as well, instead of replacing them")

  static let command = Command(
    "merge", topic: .streams, "joins a record to each record; where both have a field, the new one counts",
    discussion: "A field that the record has already keeps its place. Lists are replaced, never joined.",
    input: .required, result: .asInput, flow: .kept, parameters: [other, isDeep],
    searchWords: ["assign", "extend", "update", "combine", "join", "spread", "deep merge"],
    examples: [
      .init("{a: 1, b: 2} | merge {b: 3, c: 4}", "of one record", gives: #"{"a":1,"b":3,"c":4}"#),
      .init(
        "[{a: {x: 1, y: 2}}] | merge {a: {y: 3}} --deep", "with the records in it", gives: #"{"a":{"x":1,"y":3}}"#),
    ]
  ) { call throws(Interruption) in
    let isDeep = try await call.value(isDeep)
    let kind = (call.requiredInput.kind ?? .unnamed).adding(call.literalKeys(other))
    return try await call.eachRecord(kind: kind) { record throws(Interruption) in
      let other = try await call.value(other, for: .object(record))
      let merged = JSONValue.object(record.merged(with: other, isDeep: isDeep))
      guard !merged.isNested(deeperThan: JSONValue.deepestNesting) else { throw .failure(.nestedTooDeeply(at: nil)) }
      return merged
    }
  }
}
