import OrderedJSON

enum LastCommand {
  private static let count = Parameter.positional(
    "n", .integer(in: 0...Int.max), default: 1, "how many", defaultText: "1")

  static let command = Command(
    "last", topic: .streams, "keeps the last items; holds so many, and no more",
    discussion: "It always yields a stream, also for `last 1`; the one item by itself is `last 1 | one`.",
    input: .required, result: .stream, flow: .kept, parameters: [count],
    examples: [
      .init("[1, 2, 3] | last 2", "the last two, in their order"),
      .init("[1, 2, 3] | last", "a stream of one"),
    ]
  ) { call throws(Interruption) in
    let limit = try await call.value(count)
    let input = call.requiredInput
    var kept: LastItems?
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        // None of them is wanted: nothing need be made.
        guard limit > 0 else { return nil }
        if kept == nil {
          var items = LastItems(limit: limit, most: input.mostHeld)
          while let item = try await input.next() { try items.append(item.detached()) }
          kept = items
        }
        return kept?.popFirst()
      })
  }
}

/// As many items as came last, in a ring.
struct LastItems {
  private let limit: Int
  private let most: Int
  private var items: [JSONValue] = []
  /// Where the oldest one stands.
  private var start = 0
  private var popped = 0

  /// - Parameter most: more are never held, whatever the limit says.
  init(limit: Int, most: Int = JSONValue.longestList) {
    self.limit = limit
    self.most = most
  }

  mutating func append(_ item: JSONValue) throws(Interruption) {
    if items.count < limit {
      guard items.count < most else { throw .failure(.tooManyHeld(most, at: nil)) }
      items.append(item)
    } else {
      items[start] = item
      start = (start + 1) % limit
    }
  }

  /// The oldest one; nothing may be appended afterwards.
  mutating func popFirst() -> JSONValue? {
    guard popped < items.count else { return nil }
    // The first part of the ring is no longer than what is left of it.
    let rest = items.count - start
    let index = popped < rest ? start + popped : popped - rest
    popped += 1
    let item = items[index]
    items[index] = .null
    return item
  }
}
