import OrderedJSON

enum OpenCommand {
  private static let file = Parameter.positional("file", .file, "the file to read; - is standard input")
  private static let format = Parameter.option(
    "as", .choice(FileFormat.names), "how to read it, whatever its name says")
  private static let columns = Parameter.option(
    "columns", .names, "the columns' names, for CSV without a header row, such as id,status")

  static let command = Command(
    "open", topic: .data, "reads a file's items, one at a time",
    discussion: """
      The name's ending decides: .json (an array gives its items), .jsonl and .ndjson (a value a line), .csv (a record \
      a row, all values strings), anything else gives lines. The first bad record ends the stream with an error that \
      names its line, counted from 1, and its byte, counted from 0.
      """,
    input: .none, result: .stream, parameters: [file, format, columns, CSVFlags.separator],
    examples: [
      .init("open events.jsonl | where .status == \"failed\" | count", "filter a large file in constant memory"),
      .init("open notes.txt --as lines | first 3", "the first lines"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(file)
    let format = try await call.value(format).flatMap { FileFormat(rawValue: $0) } ?? FileFormat(fileName: name)
    for flag in [columns as any AnyParameter, CSVFlags.separator] where format != .csv && call.isGiven(flag) {
      throw .failure(onlyForCSV(flag, call.span(of: flag)))
    }
    let dialect = CSVDialect(
      separator: try await call.value(CSVFlags.separator), columns: try await call.value(columns))
    return .stream(
      .deferred { _ throws(Interruption) in try items(call, of: name, format.reader(shownName(name), dialect)) })
  }

  private static func shownName(_ name: String) -> String { name == "-" ? "standard input" : name }

  /// The records of a file that is opened now.
  private static func items(_ call: Call, of name: String, _ reader: any RecordReader) throws(Interruption)
    -> ItemStream
  {
    let files = call.session.files
    // A file that another process is still writing may take its time.
    let isSlow = name == "-" || !files.isRegular(name)
    let chunks = try Interruption.rethrowing(at: call.span(of: file)) { () throws(Failure) in
      name == "-" ? try files.openStandardInput() : try files.open(name)
    }
    let source = RecordSource(reader) { () async throws(Interruption) -> [UInt8]? in
      if isSlow { try call.session.flush() }
      let chunk = try Interruption.rethrowing { () throws(Failure) in try chunks.next() }
      return chunk.isEmpty ? nil : chunk
    }
    return ItemStream(
      cleanUp: { chunks.close() }, pull: { () async throws(Interruption) -> JSONValue? in try await source.next() })
  }

  private static func onlyForCSV(_ flag: any AnyParameter, _ span: SourceSpan?) -> Failure {
    Failure(.badArgument, "\(flag.declaration.label) is for CSV", at: span, help: "--as csv reads the file as CSV")
  }
}
