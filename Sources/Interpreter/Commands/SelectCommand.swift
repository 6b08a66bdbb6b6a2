import OrderedJSON

enum SelectCommand {
  private static let fields = Parameter.variadicPaths("field", "fields to keep, such as id or .payload.amount")

  static let command = Command(
    "select", topic: .streams, "keeps some fields of each record, under their paths as names",
    input: .required, result: .asInput, flow: .selected, parameters: [fields],
    examples: [
      .init("[{id: 1, a: {b: 2}, c: 3}] | select id a.b", "two fields, one of them nested"),
      .init("{id: 1, c: 3} | select c", "of one record"),
    ]
  ) { call throws(Interruption) in
    let fields = call.paths(fields)
    try fields.requireFields()
    let kind = (call.requiredInput.kind ?? .unnamed).selecting(fields.names)
    return try await call.eachItem(kind: kind) { item throws(Interruption) in
      guard item.objectValue != nil || item.arrayValue != nil else { throw .failure(wrongKind(item)) }
      return .object(JSONObject(try fields.values(in: item).map { ($0.name, $0.value) }))
    }
  }

  private static func wrongKind(_ item: JSONValue) -> Failure {
    Failure(.typeMismatch, "'select' takes records, got \(item.kindWithArticle)")
  }
}
