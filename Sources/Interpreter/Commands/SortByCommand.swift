import OrderedJSON

enum SortByCommand {
  private static let path = Parameter.optionalPath("path", "what to compare; without it, the items")
  private static let descending = Parameter.flag("desc", "largest first")

  static let command = Command(
    "sort-by", topic: .streams, "sorts the items, keeping the order of equal ones; holds all of them",
    discussion: "Null comes before booleans, then numbers by their exact value, then strings, lists and records.",
    input: .required, result: .stream, parameters: [path, descending],
    examples: [
      .init("[3, 1, 2] | sort-by", "the items themselves"),
      .init("[{n: 1}, {n: 3}, {n: 2}] | sort-by .n --desc", "by a field, largest first"),
    ]
  ) { call throws(Interruption) in
    let paths = call.paths(path)
    let isDescending = try await call.value(descending)
    let input = call.requiredInput
    var sorted: [JSONValue]?
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if sorted == nil {
          var keyed: [(key: JSONValue, item: JSONValue)] = []
          while let item = try await input.next() { keyed.append((try paths.value(in: item), item.detached())) }
          paths.finish()
          keyed.sort {
            let order = Comparison.sortOrder($0.key, $1.key)
            return isDescending ? order > 0 : order < 0
          }
          sorted = keyed.reversed().map { $0.item }
        }
        return sorted?.popLast()
      })
  }
}
