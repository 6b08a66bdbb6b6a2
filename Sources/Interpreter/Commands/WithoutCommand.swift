import OrderedJSON

enum WithoutCommand {
  private static let fields = Parameter.variadicPaths("field", "fields to leave out, such as id or .payload.amount")

  static let command = Command(
    "without", topic: .streams, "leaves out some fields of each record",
    discussion: "A field that a record does not have need not be left out: that is no error.",
    input: .required, result: .asInput, flow: .kept, parameters: [fields],
    examples: [
      .init("[{id: 1, a: 2, b: 3}] | without a b", "two fields"),
      .init("{id: 1, payload: {amount: 5, secret: 6}} | without .payload.secret", "a nested one of one record"),
    ]
  ) { call throws(Interruption) in
    let fields = call.paths(fields)
    try fields.requireFields()
    return try await call.eachRecord(kind: call.requiredInput.kind) { record throws(Interruption) in
      return try fields.removed(from: .object(record))
    }
  }
}
