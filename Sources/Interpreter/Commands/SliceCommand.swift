import OrderedJSON

enum SliceCommand {
  private static let start = Parameter.positional(
    "from", .integer, "the first item wanted, counted from 0; -2 is the last but one")
  private static let end = Parameter.optionalPositional(
    "to", .integer, "the first one no longer wanted; without it, all to the end")

  static let command = Command(
    "slice", topic: .streams, "keeps the items from one place to another, the end left out",
    discussion: """
      Places count from 0; negative ones count from the end, and then as many items are held as they say. Places beyond \
      the end are no error.
      """,
    input: .required, result: .stream, flow: .kept, parameters: [start, end],
    searchWords: ["range", "sublist", "limit offset", "iloc", "sed -n", "drop", "take"],
    examples: [
      .init("[10, 20, 30, 40] | slice 1 3", "the second and the third", gives: "20\n30"),
      .init("[10, 20, 30, 40] | slice -2", "the last two", gives: "30\n40"),
      .init("[10, 20, 30] | slice 0 -1", "all but the last", gives: "10\n20"),
    ]
  ) { call throws(Interruption) in
    let start = try await call.value(start)
    let end = try await call.value(end)
    let input = call.requiredInput
    if start < 0 { return .stream(tail(of: input, start, end)) }
    if let end, end < 0 { return .stream(allButTail(of: input, start, held: end == .min ? .max : -end)) }
    return .stream(middle(of: input, start, end))
  }

  /// Both places count from the beginning: nothing is held, and what comes behind is never asked for.
  private static func middle(of input: ItemStream, _ start: Int, _ end: Int?) -> ItemStream {
    let end = end.map { max($0, start) } ?? .max
    if end < .max { input.expect(atMost: end) }
    var place = 0
    return ItemStream(
      kind: input.kind,
      expecting: { wanted in
        let (sum, isTooLarge) = wanted.addingReportingOverflow(start)
        if wanted == 0 { input.expect(atMost: 0) } else if !isTooLarge { input.expect(atMost: min(sum, end)) }
      },
      cleanUp: { await input.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        guard start < end else { return nil }
        while place < end, let item = try await input.next() {
          place += 1
          guard place > start else { continue }
          if place == end { await input.close() }
          return item
        }
        return nil
      })
  }

  /// All from a place on but the last ones, of which so many are held back.
  private static func allButTail(of input: ItemStream, _ start: Int, held: Int) -> ItemStream {
    var place = 0
    var waiting: [JSONValue] = []
    var oldest = 0
    func next() async throws(Interruption) -> JSONValue? {
      while let item = try await input.next() {
        place += 1
        guard place > start else { continue }
        guard waiting.count == held else {
          guard waiting.count < input.mostHeld else { throw .failure(.tooManyHeld(input.mostHeld, at: nil)) }
          waiting.append(item.detached())
          continue
        }
        let next = waiting[oldest]
        waiting[oldest] = item.detached()
        oldest = (oldest + 1) % held
        return next
      }
      return nil
    }
    return ItemStream(kind: input.kind, cleanUp: { await input.close() }, pull: next)
  }

  /// From a place that counts from the end: so many items are held.
  private static func tail(of input: ItemStream, _ start: Int, _ end: Int?) -> ItemStream {
    var kept: LastItems?
    var left = 0
    func next() async throws(Interruption) -> JSONValue? {
      if kept == nil {
        var items = LastItems(limit: start == .min ? .max : -start, most: input.mostHeld)
        var count = 0
        while let item = try await input.next() {
          try items.append(item.detached())
          count += 1
        }
        let first = max(0, count + max(start, -count))
        let last = end.map { $0 < 0 ? max(0, count + max($0, -count)) : min($0, count) } ?? count
        left = max(0, last - first)
        kept = items
      }
      guard left > 0 else { return nil }
      left -= 1
      return kept?.popFirst()
    }
    return ItemStream(kind: input.kind, cleanUp: { await input.close() }, pull: next)
  }
}
