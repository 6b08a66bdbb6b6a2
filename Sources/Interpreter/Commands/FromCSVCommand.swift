enum FromCSVCommand {
  private static let name = "from csv"
  private static let columns = Parameter.option(
    "columns", .names, "the columns' names, for text without a header row, such as id,status")

  static let command = Command(
    name, topic: .data, "reads text as CSV, a record a row, all values strings",
    discussion: """
      Each text from the pipe is a line, or several; a quoted field may go on in the next. The first row names the \
      columns. A line ends with CRLF, LF or CR. The first bad row ends the stream with an error that names its line, \
      counted from 1, and its byte, counted from 0, in all the text so far.
      """,
    input: .required, result: .stream, parameters: [columns, CSVFlags.separator, CSVFlags.missingFields],
    examples: [
      .init(#""id,city\n1,Paris\n2,\"São Paulo\"" | from csv | get city"#, "a text of three lines"),
      .init(#"["1;x", "2;y"] | from csv --columns id,name --separator ";""#, "without a header"),
      .init(#""a,b\n1" | from csv --missing-fields null"#, "a row that is short", gives: #"{"a":"1","b":null}"#),
    ]
  ) { call throws(Interruption) in
    let dialect = try await CSVFlags.dialect(call, columns: columns)
    return TextItems.records(CSVReader(nil, dialect), of: call, for: name)
  }
}
