import OrderedJSON

enum WhereCommand {
  private static let condition = Parameter.positional(
    "condition", .expression, "an expression; false and null drop the item", isPerItem: true)

  static let command = Command(
    "where", topic: .streams, "keeps the items for which a condition holds",
    input: .required, result: .stream, flow: .kept, parameters: [condition], condition: condition,
    examples: [
      .init("[3, 1, 2] | where . > 1", "numbers above one"),
      .init(#"[{s: "failed"}, {s: "dead"}] | where .s == "failed""#, "records by a field"),
    ]
  ) { call throws(Interruption) in
    guard let condition = call.expression(condition) else { return .stream(call.requiredInput) }
    let input = call.requiredInput
    return .stream(
      ItemStream(
        kind: input.kind,
        // Where the source has dropped already what is dropped here, as many come in as go out.
        expecting: call.isPushedDown ? { input.expect(about: $0) } : nil,
        hinting: call.isPushedDown ? { input.expect(about: $0) } : nil,
        cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          while let item = try await input.next() {
            if try await condition.value(for: item).isTrue { return item }
          }
          return nil
        }))
  }
}
