import OrderedJSON

enum WithCommand {
  private static let fields = Parameter.positional(
    "record", .record, "the fields to set; .field in it is the item's", isPerItem: true)

  static let command = Command(
    "with", topic: .streams, "sets fields of each record, new ones behind those it has",
    discussion: "A field that the record has already keeps its place. A field set to null stays, as null.",
    input: .required, result: .asInput, flow: .kept, parameters: [fields],
    examples: [
      .init("[{n: 2, price: 5}] | with {total: .n * .price}", "a field made from others"),
      .init(#"{id: 1, s: "new"} | with {s: "old", seen: true}"#, "of one record"),
    ]
  ) { call throws(Interruption) in
    let kind = (call.requiredInput.kind ?? .unnamed).adding(call.literalKeys(fields))
    return try await call.eachRecord(kind: kind) { record throws(Interruption) in
      var record = record
      for (key, value) in try await call.value(fields, for: .object(record)) { record[key] = value }
      return .object(record)
    }
  }
}
