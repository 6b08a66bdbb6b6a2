import OrderedJSON

enum ToJSONLinesCommand {
  static let command = Command(
    "to jsonl", topic: .data, "makes a JSON text of one line of each item",
    input: .required, result: .stream,
    examples: [
      .init("[{id: 1}, null] | to jsonl", "a line for each item"),
      .init("[{id: 1}, {id: 2}] | to jsonl | save events.txt", "into a file with any name"),
    ]
  ) { call throws(Interruption) in
    .stream(
      call.requiredInput.map(kind: .jsonText) { item throws(Interruption) in
        .string(JSONWriter.compact.string(item))
      })
  }
}
