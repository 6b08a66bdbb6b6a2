import OrderedJSON

enum GroupByCommand {
  private static let path = Parameter.positionalPath("path", "what the items of a group have in common")

  private struct Group {
    let key: JSONValue
    var items: [JSONValue] = []

    var record: JSONValue {
      ["key": key, "count": .number(JSONNumber(items.count)), "items": .array(items)]
    }
  }

  static let command = Command(
    "group-by", topic: .streams, "gathers the items with the same value at a path; holds all of them",
    discussion: """
      It yields {key, count, items} for each value, in the order in which the values first came. Values are the same where \
      == holds. Null, and a field that is missing, is a value too.
      """,
    input: .required, result: .stream, parameters: [path],
    examples: [
      .init(
        #"[{id: 1, s: "failed"}, {id: 2, s: "dead"}, {id: 3, s: "failed"}] | group-by .s | select key count"#,
        "how many there are of each"),
      .init(
        "[{to: 1, n: 5}, {to: 2, n: 7}, {to: 1, n: 6}] | group-by .to | each {to: .key, total: (.items | sum .n)}",
        "a sum for each group"),
    ]
  ) { call throws(Interruption) in
    let path = call.paths(path)
    let input = call.requiredInput
    var groups: [Group]?
    return .stream(
      ItemStream(cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if groups == nil {
          var gathered: [Group] = []
          var places: [ValueKey: Int] = [:]
          while let item = try await input.next()?.detached() {
            // The item stands in a list in a record.
            guard !item.isNested(deeperThan: JSONValue.deepestNesting - 2) else {
              throw .failure(.nestedTooDeeply(at: nil))
            }
            let key = try path.value(in: item)
            let place = places[ValueKey(key)] ?? gathered.count
            if place == gathered.count {
              places[ValueKey(key)] = place
              gathered.append(Group(key: key))
            }
            gathered[place].items.append(item)
          }
          gathered.reverse()
          groups = gathered
        }
        return groups?.popLast()?.record
      })
  }
}
