enum FromLinesCommand {
  private static let name = "from lines"

  static let command = Command(
    name, topic: .data, "takes text apart into lines",
    discussion:
      "Lines end with LF or CRLF, which is left out. A text from the pipe without one at its end is a line too.",
    input: .required, result: .stream,
    examples: [
      .init(#""one\ntwo\n" | from lines | count"#, "how many lines a text has"),
      .init("@notes.txt | from lines | first 2", "of a file's contents"),
    ]
  ) { call throws(Interruption) in TextItems.records(LinesReader(nil), of: call, for: name) }
}
