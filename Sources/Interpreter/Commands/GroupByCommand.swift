import OrderedJSON

enum GroupByCommand {
  private static let keys = Parameter.variadicKeys("key", "what the items of a group have in common")

  private struct Group {
    let key: JSONValue
    var items: [JSONValue] = []

    var record: JSONValue {
      ["key": key, "count": .number(JSONNumber(items.count)), "items": .array(items)]
    }
  }

  static let command = Command(
    "group-by", topic: .streams, "gathers the items with the same value of a key; holds all of them",
    discussion: """
      It yields {key, count, items} for each value, in the order in which the values first came. Values are the same where \
      == holds. Null, and a field that is missing, is a value too. Of several keys the group's key is a record: .a.b and \
      .c give {b, c}. Where only their numbers are wanted, count-by holds no items.
      """,
    input: .required, result: .stream, flow: .grouped(holdsItems: true), parameters: [keys],
    searchWords: ["group_by", "groupby", "GROUP BY", "partition"],
    examples: [
      .init(
        #"[{id: 1, s: "failed"}, {id: 2, s: "dead"}, {id: 3, s: "failed"}] | group-by .s | select key count"#,
        "how many there are of each", gives: #"{"key":"failed","count":2}"# + "\n" + #"{"key":"dead","count":1}"#),
      .init(
        "[{to: 1, n: 5}, {to: 2, n: 7}, {to: 1, n: 6}] | group-by .to | each {to: .key, total: (.items | sum .n)}",
        "a sum for each group", gives: #"{"to":1,"total":11}"# + "\n" + #"{"to":2,"total":7}"#),
      .init(
        #"[{s: "dead", to: 1}, {s: "dead", to: 1}] | group-by .s .to | get key"#, "by two fields",
        gives: #"{"s":"dead","to":1}"#),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys)
    let input = call.requiredInput
    var groups: [Group]?
    return .stream(
      ItemStream(cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if groups == nil {
          var gathered: [Group] = []
          var places: [ValueKey: Int] = [:]
          while let item = try await input.nextHeld() {
            let value = try await keys.value(for: item)
            // The item stands in a list in a record, and the key in a record.
            guard !item.isNested(deeperThan: JSONValue.deepestNesting - 2),
              !value.isNested(deeperThan: JSONValue.deepestNesting - 1)
            else { throw .failure(.nestedTooDeeply(at: nil)) }
            let key = ValueKey(value)
            let place = places[key] ?? gathered.count
            if place == gathered.count {
              places[key] = place
              gathered.append(Group(key: value))
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
