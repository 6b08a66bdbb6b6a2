import OrderedJSON

enum DiffCommand {
  private static let old = Parameter.positional("a", .value, "the value as it was")
  private static let new = Parameter.positional("b", .value, "the value as it is")

  static let command = Command(
    "diff", topic: .streams, "tells where two values differ: {path, old, new}",
    discussion: """
      Records are compared key by key, whatever the order, and lists place by place. Values are the same where == holds: \
      1 and 1.0 are. A path is written as an expression has it: .b.c, .a[0], ."odd key"; . is the whole. What is not \
      there is null.
      """,
    input: .none, result: .stream, flow: .recorded(["path", "old", "new"]), parameters: [old, new],
    searchWords: ["compare", "delta", "changes", "patch", "paths"],
    examples: [
      .init(
        "diff {a: 1, b: {c: 2}} {a: 1, b: {c: 3}}", "two records", gives: #"{"path":".b.c","old":2,"new":3}"#),
      .init(
        "let was = {ids: [1, 2]}; diff $was {ids: [1], n: 0} | get path", "only where", gives: ".ids[1]\n.n"),
    ]
  ) { call throws(Interruption) in
    let old = try await call.value(old)
    let new = try await call.value(new)
    var found: [JSONValue]?
    return .stream(
      ItemStream { () async throws(Interruption) -> JSONValue? in
        if found == nil {
          var difference = Difference()
          try difference.compare(old, new, at: "")
          found = difference.found.reversed()
        }
        return found?.popLast()
      })
  }
}

/// Looks for what differs, in the order of the old value, what is new behind it.
private struct Difference {
  private(set) var found: [JSONValue] = []
  private var steps = 0

  mutating func compare(_ old: JSONValue, _ new: JSONValue, at path: String) throws(Interruption) {
    steps += 1
    try Pace.check(steps)
    switch (old, new) {
    case (.object(let left), .object(let right)): try compare(left, right, at: path)
    case (.array(let left), .array(let right)):
      // The list itself, where it has no name, is the item.
      let start = path.isEmpty ? "." : path
      for index in 0..<max(left.count, right.count) {
        try compareItem(
          left.indices.contains(index) ? left[index] : nil, right.indices.contains(index) ? right[index] : nil,
          at: "\(start)[\(index)]")
      }
    default:
      if !Comparison.areEqual(old, new) { add(path.isEmpty ? "." : path, old, new) }
    }
  }

  private mutating func compare(_ old: JSONObject, _ new: JSONObject, at path: String) throws(Interruption) {
    let pairs = new.exactPairs
    let places = Dictionary(pairs.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { $1 })
    var seen = Set<JSONKey>()
    for (key, value) in old.exactPairs {
      seen.insert(key)
      try compareItem(value, places[key].map { pairs[$0].value }, at: path + Self.step(key.text))
    }
    for (key, value) in pairs where !seen.contains(key) { try compareItem(nil, value, at: path + Self.step(key.text)) }
  }

  private mutating func compareItem(_ old: JSONValue?, _ new: JSONValue?, at path: String) throws(Interruption) {
    if let old, let new { return try compare(old, new, at: path) }
    add(path, old ?? .null, new ?? .null)
  }

  private mutating func add(_ path: String, _ old: JSONValue, _ new: JSONValue) {
    found.append(["path": .string(path), "old": old, "new": new])
  }

  /// `.name`, or `."odd key"`.
  private static func step(_ key: String) -> String {
    let isName =
      key.unicodeScalars.first.map { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") } ?? false
      && key.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_")
      }
    return "." + (isName ? key : JSONWriter.compact.string(.string(key)))
  }
}
