import OrderedJSON

enum ZipCommand {
  private static let list = Parameter.positional("list", .list, "what to put beside the items, such as (range 1 9)")

  static let command = Command(
    "zip", topic: .streams, "puts the items of a list beside those from the pipe: [item, other]",
    discussion: """
      It ends where the shorter of the two ends, so that a list may be longer than it needs to be. Items from the pipe \
      that are left over are warned about, as far as they are known without asking for more.
      """,
    input: .required, result: .stream, parameters: [list],
    searchWords: ["paste", "transpose", "pair", "interleave"],
    examples: [
      .init(#"["a", "b"] | zip [1, 2]"#, "two lists side by side", gives: #"["a",1]"# + "\n" + #"["b",2]"#),
      .init(#"["a", "b"] | zip [1, 2] | from-entries"#, "a record of keys and values", gives: #"{"a":1,"b":2}"#),
    ]
  ) { call throws(Interruption) in
    let others = try await call.value(list)
    guard !JSONValue.array(others).isNested(deeperThan: JSONValue.deepestNesting) else {
      throw .failure(.nestedTooDeeply(at: call.span(of: list)))
    }
    let input = call.requiredInput
    input.expect(atMost: others.count)
    var rest = others[...]
    return .stream(
      ItemStream(
        expecting: { input.expect(atMost: min($0, others.count)) }, cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          guard let other = rest.first, let item = try await input.next() else {
            if rest.isEmpty { warnOfRest(call, items: input.total?(), list: others.count) }
            return nil
          }
          guard !item.isNested(deeperThan: JSONValue.deepestNesting - 1) else {
            throw .failure(.nestedTooDeeply(at: nil))
          }
          rest.removeFirst()
          if rest.isEmpty { await input.close() }
          return [item, other]
        }))
  }

  /// - Parameter items: how many would have come from the pipe; nil where nobody knows.
  private static func warnOfRest(_ call: Call, items: Int?, list: Int) {
    guard let items, items > list else { return }
    call.warn(
      .unevenLengths, "left over: \(items - list) of the \(items) items from the pipe", at: call.nameSpan,
      help: "zip ends where the shorter of the two ends")
  }
}
