import OrderedJSON

enum ToCSVCommand {
  private static let columns = Parameter.option(
    "columns", .names, "which fields to write, such as id,status; without it, those of the first record")
  private static let noHeader = Parameter.flag("no-header", "leave out the row with the columns' names")

  static let command = Command(
    "to csv", topic: .data, "makes the rows of a CSV file (RFC 4180), a row of each record",
    discussion: """
      The first row names the columns. Null is an empty field, lists and records are written as compact JSON. A field \
      that the first record does not have is left out, with a warning at the end. Items that are no records make one \
      column, value. `save` writes the rows with CRLF behind each, as the standard wants it.
      """,
    input: .required, result: .stream, parameters: [columns, noHeader, CSVFlags.separator],
    examples: [
      .init(#"[{id: 1, note: "a, b"}, {id: 2, note: null}] | to csv"#, "a header and two rows"),
      .init("[{id: 1, city: \"Paris\"}] | to csv --columns city,id --no-header", "chosen columns"),
    ]
  ) { call throws(Interruption) in
    var writer = CSVWriter(
      try await call.value(columns).map { .chosen($0) } ?? .ofFirstItem,
      separator: try await call.value(CSVFlags.separator))
    var isHeaderDue = try await !call.value(noHeader)
    let input = call.requiredInput
    var rows: [[UInt8]] = []
    return .stream(
      ItemStream(
        kind: .row, expecting: { input.expect(atMost: $0) }, cleanUp: { await input.close() },
        pull: { () async throws(Interruption) -> JSONValue? in
          if rows.isEmpty {
            let row = try await input.next().map { item throws(Interruption) in
              try Interruption.rethrowing { () throws(Failure) in try writer.row(of: item) }
            }
            if isHeaderDue, let header = writer.header { rows.append(header) }
            isHeaderDue = false
            if let row { rows.append(row) }
          }
          guard !rows.isEmpty else {
            if let notice = writer.notice { call.warn(.leftOut, notice) }
            return nil
          }
          return .string(String(decoding: rows.removeFirst(), as: UTF8.self))
        }))
  }
}
