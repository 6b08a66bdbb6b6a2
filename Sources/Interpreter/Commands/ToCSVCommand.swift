import OrderedJSON

enum ToCSVCommand {
  private static let columns = Parameter.option(
    "columns", .names, "which fields to write, such as id,status; without it, those of the first 1,000 records")
  private static let noHeader = Parameter.flag("no-header", "leave out the row with the columns' names")

  static let command = Command(
    "to csv", topic: .data, "makes the rows of a CSV file (RFC 4180), a row of each record",
    discussion: """
      The first row names the columns. Null is an empty field, lists and records are written as compact JSON. The \
      columns are all fields of the first 1,000 records, which are held until then; a field that comes later is an \
      error, and nothing is left out silently. With --columns nothing is held, and only those fields are written. Items \
      that are no records make one column, value. `save` writes the rows with CRLF behind each, as the standard wants it.

      --excel makes it safe to open in a spreadsheet: a byte order mark tells that it is UTF-8, and a text that begins \
      with = + - @, a tab or a CR, which a formula does, gets a ' in front. Numbers, and text that is one, stay.
      """,
    input: .required, result: .stream, parameters: [columns, noHeader, CSVFlags.separator, CSVFlags.excel],
    takesOuterItem: true, searchWords: ["csvwriter", "spreadsheet", "export", "@csv", "to_csv"],
    examples: [
      .init(#"[{id: 1, note: "a, b"}, {id: 2, note: null}] | to csv"#, "a header and two rows"),
      .init("[{a: 1}, {b: 2}] | to csv | collect", "the fields of all", gives: #"["a,b","1,",",2"]"#),
      .init("[{id: 1, city: \"Paris\"}] | to csv --columns city,id --no-header", "chosen columns"),
    ]
  ) { call throws(Interruption) in
    var writer = CSVWriter(
      try await call.value(columns).map { .chosen($0) } ?? .ofFirstItems,
      options: CSVWriter.Options(
        separator: try await call.value(CSVFlags.separator), hasHeader: try await !call.value(noHeader),
        isForExcel: try await call.value(CSVFlags.excel)))
    let input = call.requiredInput
    var rows: [[UInt8]] = []
    var isAtEnd = false
    return .stream(
      ItemStream(
        kind: .row,
        expecting: { count in
          writer.expectedRows = count
          input.expect(atMost: count)
        },
        cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          while rows.isEmpty, !isAtEnd {
            let item = try await input.next()
            isAtEnd = item == nil
            rows = try Interruption.rethrowing { () throws(Failure) in
              if let item { try writer.add(item) } else { try writer.finish() }
            }
            rows.reverse()
          }
          return rows.popLast().map { .string(String(decoding: $0, as: UTF8.self)) }
        }))
  }
}
