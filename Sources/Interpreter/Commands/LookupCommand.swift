import OrderedJSON

enum LookupCommand {
  private static let list = Parameter.positional(
    "list", .list, "where to look, such as $endpoints or (endpoints list --all)")
  private static let key = Parameter.positionalKey("key", "what to look for, such as .endpointId")
  private static let listKey = Parameter.positionalKey("key-in-list", "what it must be equal to, such as .id")
  private static let name = Parameter(
    "as", .option, .text, "the field that what was found becomes", kind: ParameterKind.text, fallback: nil,
    defaultText: nil, isPerItem: false, complaint: { _ in nil })

  /// More items of a list are not looked through: they are held, and their keys as well.
  private static let limit = 1_000_000

  static let command = Command(
    "lookup", topic: .streams, "adds to each record what a list has for its key, or null",
    discussion: """
      The list is read once, and then each item costs the same however long the list is. Keys are equal where == holds; \
      null is equal to nothing. Of several in the list the first one counts. The list may have 1,000,000 items.
      """,
    input: .required, result: .asInput, flow: .kept, parameters: [list, key, listKey, name],
    searchWords: ["join", "left join", "merge", "vlookup", "INDEX", "enrich"],
    examples: [
      .init(
        #"[{to: 1}, {to: 9}] | lookup [{id: 1, url: "x"}] .to .id --as endpoint"#, "a record, or null",
        gives: #"{"to":1,"endpoint":{"id":1,"url":"x"}}"# + "\n" + #"{"to":9,"endpoint":null}"#),
      .init(
        #"let names = [{id: 1, name: "a"}]; [{to: 1}] | lookup $names .to .id --as n | get .n.name"#,
        "a field of what was found", gives: "a"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(name)
    let found = try await index(call)
    let keys = call.keys(key)
    return try await call.eachRecord(kind: (call.requiredInput.kind ?? .unnamed).adding([name])) {
      record throws(Interruption) in
      var record = record
      let value = try await keys.value(for: .object(record))
      record[name] = value.isNull ? .null : found[ValueKey(value)] ?? .null
      return .object(record)
    }
  }

  private static func index(_ call: Call) async throws(Interruption) -> [ValueKey: JSONValue] {
    let list = try await call.value(list)
    guard list.count <= limit else {
      throw .failure(
        Failure(
          .tooLarge, "the list has \(list.count) items, more than \(limit)", at: call.span(of: LookupCommand.list),
          help: "where and select make it smaller"))
    }
    let (keys, end) = call.foreignKeys(listKey)
    var found: [ValueKey: JSONValue] = [:]
    for (place, item) in list.enumerated() {
      try Pace.check(place)
      let value = try await keys.value(for: item)
      guard !value.isNull else { continue }
      guard !item.isNested(deeperThan: JSONValue.deepestNesting - 1) else { throw .failure(.nestedTooDeeply(at: nil)) }
      let key = ValueKey(value)
      if found[key] == nil { found[key] = item }
    }
    end()
    return found
  }
}
