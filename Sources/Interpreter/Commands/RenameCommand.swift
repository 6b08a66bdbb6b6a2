import OrderedJSON

enum RenameCommand {
  private static let old = Parameter.positionalPath("old", "the field, such as endpointId or .payload.total")
  private static let new = Parameter.positional("new", .text, "its new name")

  static let command = Command(
    "rename", topic: .streams, "gives a field of each record another name, and leaves it in its place",
    discussion: """
      A record without the field stays as it is. It is an error where the record has a field of the new name already: \
      without leaves that out first.
      """,
    input: .required, result: .asInput, parameters: [old, new],
    searchWords: ["with_entries", "alias", "mv", "AS", "rename_columns"],
    examples: [
      .init("[{id: 1, n: 2}] | rename id event", "a field", gives: #"{"event":1,"n":2}"#),
      .init("{a: {b: 1, c: 2}} | rename .a.b total", "a nested one of one record", gives: #"{"a":{"total":1,"c":2}}"#),
    ]
  ) { call throws(Interruption) in
    let new = try await call.value(new)
    let old = call.paths(old)
    try old.requireFields()
    return try await call.eachRecord { record throws(Interruption) in
      try old.renamed(.object(record), to: new)
    }
  }
}
