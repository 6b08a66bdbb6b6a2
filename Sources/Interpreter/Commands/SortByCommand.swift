import OrderedJSON

enum SortByCommand {
  private static let keys = Parameter.optionalKeys(
    "key", "what to compare, where the first is equal the second, and so on; without it, the items")
  private static let descending = Parameter.flag("desc", "largest first, by every key")

  /// An item with what is compared of it, and its place among those that are equal.
  private struct Entry {
    var keys: [SortKey]
    let place: Int
    let item: JSONValue
  }

  static let command = Command(
    "sort-by", topic: .streams, "sorts the items, keeping the order of equal ones; holds all of them",
    discussion: """
      A key is a path such as .payload.amount, or an expression in parentheses. A minus in front of it turns its order \
      round. Null comes before booleans, then numbers by their exact value, then strings, lists and records. Lists are \
      compared item by item, records by their keys and then by their values. Where all keys are RFC 3339 times, or null, \
      the moments count, whatever the offset; otherwise texts are compared as text.
      """,
    input: .required, result: .stream, flow: .kept, parameters: [keys, descending],
    searchWords: ["sort", "order by", "orderby", "sort_by", "sort_values", "arrange"],
    examples: [
      .init("[3, 1, 2] | sort-by", "the items themselves", gives: "1\n2\n3"),
      .init("[{n: 1}, {n: 3}, {n: 2}] | sort-by .n --desc | get n", "by a field, largest first", gives: "3\n2\n1"),
      .init(
        "[{a: 2, b: 1}, {a: 1, b: 1}, {a: 1, b: 2}] | sort-by .a -.b",
        "by two fields, the second one largest first", gives: "{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":1}\n{\"a\":2,\"b\":1}"),
      .init(
        #"[{n: "10"}, {n: "9"}] | sort-by (.n | parse number) | get n"#, "by numbers that are text", gives: "9\n10"),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys, splitsMinus: true)
    let isDescending = try await call.value(descending)
    let input = call.requiredInput
    var sorted: [Entry]?
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if sorted == nil {
          var entries: [Entry] = []
          while let item = try await input.nextHeld() {
            let values =
              keys.count < 2
              ? [SortKey(try await keys.value(for: item))] : try await keys.values(for: item).map { SortKey($0) }
            entries.append(Entry(keys: values, place: entries.count, item: item))
          }
          for column in 0..<max(1, keys.count) { try Self.readTimes(in: &entries, column) }
          let directions = keys.isEmpty ? [isDescending] : keys.reversals.map { $0 != isDescending }
          let ordered = try Self.sorted(entries, directions)
          try Self.warnAboutNumbers(in: ordered, directions[0], keys, call)
          sorted = ordered
        }
        return sorted?.popLast()?.item
      })
  }

  /// Has the moments compared where all keys of a column name one, or are null.
  private static func readTimes(in entries: inout [Entry], _ column: Int) throws(Interruption) {
    var times: [Instant?] = []
    for entry in entries {
      try Pace.check(times.count)
      switch entry.keys[column] {
      case .null: times.append(nil)
      case .string(let text):
        guard let time = Instant(text) else { return }
        times.append(time)
      default: return
      }
    }
    for (index, time) in times.enumerated() {
      if let time { entries[index].keys[column] = .time(time) }
    }
  }

  /// The last one first, ready to be taken from the end. Millions of items take long: an interrupt ends it.
  private static func sorted(_ entries: [Entry], _ isDescending: [Bool]) throws(Interruption) -> [Entry] {
    do {
      var comparisons = 0
      return try entries.sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFF == 0 { try Task.checkCancellation() }
        for index in left.keys.indices {
          let order = SortKey.order(left.keys[index], right.keys[index])
          if order != 0 { return isDescending[index] ? order < 0 : order > 0 }
        }
        return left.place > right.place
      }
    } catch {
      throw .cancelled
    }
  }

  /// "10" comes before "9": who sorts such texts most often means the numbers.
  private static func warnAboutNumbers(
    in entries: [Entry], _ isDescending: Bool, _ keys: BoundKeys, _ call: Call
  ) throws(Interruption) {
    var (isOutOfOrder, hasEmpty) = (false, false)
    var last: JSONNumber?
    for (index, entry) in entries.enumerated() {
      try Pace.check(index)
      if case .null = entry.keys[0] { continue }
      // In a table of texts a number that is missing is an empty one.
      if case .string("") = entry.keys[0] {
        hasEmpty = true
        continue
      }
      guard case .string(let text) = entry.keys[0], let number = JSONNumber(text) else { return }
      // The last one stands first.
      let order = last.map { Number.compare($0, number) } ?? 0
      if isDescending ? order > 0 : order < 0 { isOutOfOrder = true }
      last = number
    }
    guard isOutOfOrder else { return }
    call.warnAboutNumberTexts(
      keys, sign: keys.reversals.first == true ? "-" : "", parse: hasEmpty ? "parse number --or-null" : "parse number")
  }
}
