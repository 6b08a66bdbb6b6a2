import OrderedJSON

enum SaveCommand {
  private static let file = Parameter.positional("file", .file, "the file to write")
  private static let format = Parameter.option(
    "as", .choice(FileFormat.names), "how to write it, whatever its name says")
  private static let force = Parameter.flag(
    "force", letter: "f", "replace a file that is there already")
  private static let append = Parameter.flag("append", "write behind what the file holds already")
  private static let columns = Parameter.option(
    "columns", .names, "which fields to write as CSV, such as id,status; without it, those of the first 1,000 records")

  static let command = Command(
    "save", topic: .data, "writes the items to a file, which is there once it is whole",
    discussion: """
      The name's ending decides: .json (one value, or an array of the items), .jsonl and .ndjson (a value a line), .csv \
      and .tsv (a row a record), anything else gets lines: strings as they are, the rest as compact JSON. What `to` made \
      is written as it is, if it is piped here; in a variable it is ordinary text. The columns of CSV are all fields of \
      the first 1,000 records; one that comes later is an error, unless --columns says which are written.

      A file of the name stays as it was until the last item has come, and for good if anything fails; with --force it \
      is then replaced and its permissions are kept, and a symbolic link goes on pointing to it. --append writes at \
      once, so what came before a failure stays; CSV then has the columns of the file. In a block .field is the item's: \
      each { .items | save .name }; a file called .name is "./.name".
      """,
    input: .required, result: .nothing, parameters: [file, format, force, append, columns, CSVFlags.excel],
    takesOuterItem: true, changesData: true, searchWords: ["write", "tee", "redirect", ">", "export", "to_csv"],
    examples: [
      .init("[{id: 1, ok: true}] | save result.csv", "records as CSV"),
      .init(#"{at: "2026-01-01"} | save log.jsonl --append"#, "a line more"),
      .init("open events.jsonl | where .status != \"failed\" | save events.jsonl --force", "filter a file in place"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(file)
    let span = call.span(of: file)
    guard name != "-" else { throw .failure(standardOutput(span)) }
    let format = try await call.value(format).flatMap { FileFormat(rawValue: $0) } ?? FileFormat(fileName: name)
    let input = call.requiredInput
    let lineBreak = input.kind?.lineBreak
    for flag in [columns as any AnyParameter, CSVFlags.excel] where call.isGiven(flag) {
      if format.separator == nil { throw .failure(CSVFlags.onlyForCSV(flag, call.span(of: flag))) }
      if lineBreak != nil { throw .failure(madeAlready(flag, call.span(of: flag))) }
    }
    let chosen = try await call.value(columns)
    let isForExcel = try await call.value(CSVFlags.excel)
    var mode = WritingMode.create
    if try await call.value(force) { mode = .replace }
    if try await call.value(append) {
      guard mode == .create else { throw .failure(bothGiven(call.span(of: append))) }
      guard format != .json || lineBreak != nil else { throw .failure(noAppending(call.span(of: append))) }
      mode = .append
    }
    let files = call.session.files
    let saved = try Interruption.rethrowing(at: span) { () throws(Failure) in
      let writer = try files.create(name, mode)
      do throws(Failure) {
        if let lineBreak { return SavedFile(writer, LinesFormat(lineBreak: lineBreak), span) }
        guard let separator = format.separator else { return SavedFile(writer, format.writer(), span) }
        let columns = try columnSource(chosen, call, behind: writer, in: files, name, separator)
        let options = CSVWriter.Options(separator: separator, isForExcel: isForExcel)
        return SavedFile(writer, CSVFormat(CSVWriter(columns, options: options)), span)
      } catch {
        writer.discard()
        throw error
      }
    }
    try await saved.write(input, isSingle: call.isInputSingle)
    if call.session.options.tellsOutcomes {
      call.tell("save: \(saved.summary) \(mode == .append ? "added to" : "written to") \(name)")
    }
    return .nothing
  }

  /// Where the columns come from: a file that is written on has some already.
  private static func columnSource(
    _ chosen: [String]?, _ call: Call, behind writer: any ChunkWriter, in files: any FileAccess, _ name: String,
    _ separator: UInt8
  ) throws(Failure) -> CSVWriter.Columns {
    guard writer.hasContent else { return chosen.map { .chosen($0) } ?? .ofFirstItems }
    let reader = try files.open(name)
    defer { reader.close() }
    var rows = CSVReader(name, CSVDialect(separator: separator))
    guard let columns = try rows.header(of: reader) else { return chosen.map { .chosen($0) } ?? .ofFirstItems }
    let known = Set(columns.map { ExactText($0) })
    if let stranger = chosen?.first(where: { !known.contains(ExactText($0)) }) {
      throw notInFile(stranger, call.span(of: Self.columns))
    }
    return .ofFile(columns, filling: chosen)
  }
}

/// The file that `save` writes: it is put in its place after the last item, and given up whenever anything fails.
private final class SavedFile {
  private let writer: any ChunkWriter
  private let format: any ResultFormat
  /// Where the file's name stands, for what goes wrong with the file.
  private let span: SourceSpan?
  private var bytes: [UInt8] = []
  private var size = 0
  private var items = 0
  private static let chunk = 64 << 10

  init(_ writer: any ChunkWriter, _ format: any ResultFormat, _ span: SourceSpan?) {
    self.writer = writer
    self.format = format
    self.span = span
  }

  func write(_ input: ItemStream, isSingle: Bool) async throws(Interruption) {
    do throws(Interruption) {
      if isSingle, let item = try await input.next() {
        items = 1
        try Interruption.rethrowing { () throws(Failure) in try format.value(item, kind: nil, to: &bytes) }
      } else {
        format.begin(nil, to: &bytes)
        while let item = try await input.next() {
          items += 1
          try Interruption.rethrowing { () throws(Failure) in try format.item(item, to: &bytes) }
          if bytes.count >= Self.chunk { try put() }
        }
        try Interruption.rethrowing { () throws(Failure) in try format.end(to: &bytes) }
      }
      try put()
      try Interruption.rethrowing(at: span) { () throws(Failure) in try writer.commit() }
    } catch {
      writer.discard()
      throw error
    }
  }

  /// `3 records, 120 bytes`.
  var summary: String {
    "\(items) \(items == 1 ? "item" : "items"), \(size) \(size == 1 ? "byte" : "bytes"),"
  }

  private func put() throws(Interruption) {
    size += bytes.count
    try Interruption.rethrowing(at: span) { () throws(Failure) in try writer.write(bytes) }
    bytes.removeAll(keepingCapacity: true)
  }
}

extension SaveCommand {
  private static func standardOutput(_ span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "'-' is no file", at: span, help: "what a statement yields goes to standard output by itself")
  }

  private static func bothGiven(_ span: SourceSpan?) -> Failure {
    Failure(.badArgument, "--force and --append exclude each other", at: span)
  }

  private static func madeAlready(_ flag: any AnyParameter, _ span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "what `to` made is written as it is, so \(flag.declaration.label) says nothing", at: span,
      help: "give it to `to csv`")
  }

  private static func notInFile(_ column: String, _ span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "the file has no column '\(column)', and its header stays", at: span,
      help: "--force writes the file anew")
  }

  private static func noAppending(_ span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "nothing can be appended to a JSON text", at: span, help: "a .jsonl file takes a value more")
  }
}
