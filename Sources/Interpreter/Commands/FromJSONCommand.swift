import OrderedJSON

enum FromJSONCommand {
  private static let name = "from json"

  static let command = Command(
    name, topic: .data, "reads texts as JSON; an array gives its items",
    discussion: """
      Each text from the pipe is JSON by itself: one value, or several one behind another, as jq writes them. An array gives \
      its items, as open does; parse json gives one value for a text, a list for an array. The first bad record ends the \
      stream.
      """,
    input: .required, result: .stream,
    examples: [
      .init(#"'[{"a": 1}, {"a": 2}]' | from json | get a"#, "the items of an array"),
      .init(#"["1.50", "null"] | from json"#, "a stream of texts"),
      .init(#"'{"a": [1, 2]}' | parse json | get a"#, "one value"),
    ]
  ) { call throws(Interruption) in
    var count = 0
    let isSingle = call.isInputSingle
    return .stream(
      call.requiredInput.flatMap { item throws(Interruption) in
        count += 1
        return try items(of: item, isSingle ? nil : "item \(count)")
      })
  }

  private static func items(of item: JSONValue, _ label: String?) throws(Interruption) -> ItemStream {
    let text = try Interruption.rethrowing { () throws(Failure) in try TextItems.text(of: item, for: name) }
    var rest: [UInt8]? = Array(text.utf8)
    let source = RecordSource(JSONReader(label), isUTF8: true) { () async throws(Interruption) -> [UInt8]? in
      defer { rest = nil }
      return rest
    }
    return ItemStream { () async throws(Interruption) -> JSONValue? in try await source.next() }
  }
}
