import OrderedJSON

enum UniqCommand {
  private static let keys = Parameter.optionalKeys("key", "what must differ; without it, the items")

  static let command = Command(
    "uniq", topic: .streams, "keeps the first item of each distinct value; holds one key for each",
    discussion: """
      Values are the same where == holds: 1 and 1.0 are, and so are records with their keys in another order. Items need \
      not be sorted, and each leaves as soon as it has come. Null, and a field that is missing, is a value too.
      """,
    input: .required, result: .stream, flow: .kept, parameters: [keys],
    searchWords: ["unique", "unique_by", "distinct", "dedup", "drop_duplicates"],
    examples: [
      .init("[1, 2, 1.0, 3, 2] | uniq", "of the items themselves", gives: "1\n2\n3"),
      .init(
        #"[{id: 1, to: "a"}, {id: 2, to: "a"}, {id: 3, to: "b"}] | uniq .to | get id"#, "the first item of each value",
        gives: "1\n3"),
      .init(#"["Paid", "paid", "open"] | uniq (. | lower)"#, "by what is computed", gives: "Paid\nopen"),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(keys)
    let input = call.requiredInput
    var seen: Set<ValueKey> = []
    return .stream(
      ItemStream(kind: input.kind, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        while let item = try await input.next() {
          let value = keys.count < 2 ? try await keys.value(for: item) : .array(try await keys.values(for: item))
          if seen.insert(ValueKey(value)).inserted { return item }
        }
        return nil
      })
  }
}
