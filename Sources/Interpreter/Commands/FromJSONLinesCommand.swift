enum FromJSONLinesCommand {
  private static let name = "from jsonl"

  static let command = Command(
    name, topic: .data, "reads text as JSON Lines, a value a line",
    discussion: """
      Each text from the pipe is a line, or several. Empty lines are passed over, and values that go on over \
      several lines, as jq writes them, are read too. The first bad record ends the stream \
      with an error that names its line, counted from 1, and its byte, counted from 0, in all the text so far.
      """,
    input: .required, result: .stream,
    examples: [
      .init(#""{\"n\": 1}\n{\"n\": 2}" | from jsonl | get n"#, "a text of two lines"),
      .init("open notes.txt | where . starts-with '{' | from jsonl", "the lines of a log that are JSON"),
    ]
  ) { call throws(Interruption) in TextItems.records(JSONLinesReader(nil), of: call, for: name) }
}
