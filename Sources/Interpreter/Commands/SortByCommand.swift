import OrderedJSON

enum SortByCommand {
  private static let paths = Parameter.optionalPaths(
    "path", "what to compare, where the first is equal the second, and so on; without it, the items")
  private static let descending = Parameter.flag("desc", "largest first, by every path")

  /// An item with what is compared of it, and its place among those that are equal.
  private struct Entry {
    let keys: [SortKey]
    let place: Int
    let item: JSONValue
  }

  static let command = Command(
    "sort-by", topic: .streams, "sorts the items, keeping the order of equal ones; holds all of them",
    discussion: """
      Null comes before booleans, then numbers by their exact value, then strings, lists and records. Lists are compared \
      item by item, records by their keys and then by their values.
      """,
    input: .required, result: .stream, flow: .kept, parameters: [paths, descending],
    examples: [
      .init("[3, 1, 2] | sort-by", "the items themselves"),
      .init("[{n: 1}, {n: 3}, {n: 2}] | sort-by .n --desc", "by a field, largest first"),
      .init("[{a: 2, b: 1}, {a: 1, b: 2}, {a: 1, b: 1}] | sort-by .a .b", "by two fields"),
    ]
  ) { call throws(Interruption) in
    let paths = call.paths(paths)
    let isDescending = try await call.value(descending)
    let input = call.requiredInput
    var sorted: [Entry]?
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if sorted == nil {
          var entries: [Entry] = []
          while let item = try await input.next()?.detached() {
            let keys = paths.isEmpty ? [SortKey(item)] : try paths.values(in: item).map { SortKey($0.value) }
            entries.append(Entry(keys: keys, place: entries.count, item: item))
          }
          sorted = try Self.sorted(entries, isDescending: isDescending)
        }
        return sorted?.popLast()?.item
      })
  }

  /// The last one first, ready to be taken from the end. Millions of items take long: an interrupt ends it.
  private static func sorted(_ entries: [Entry], isDescending: Bool) throws(Interruption) -> [Entry] {
    do {
      var comparisons = 0
      return try entries.sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFF == 0 { try Task.checkCancellation() }
        let order = SortKey.order(left.keys, right.keys)
        if order == 0 { return left.place > right.place }
        return isDescending ? order < 0 : order > 0
      }
    } catch {
      throw .cancelled
    }
  }
}
