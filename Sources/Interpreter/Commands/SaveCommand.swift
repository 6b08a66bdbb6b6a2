import OrderedJSON

enum SaveCommand {
  private static let file = Parameter.positional("file", .file, "the file to write")
  private static let format = Parameter.option(
    "as", .choice(FileFormat.names), "how to write it, whatever its name says")
  private static let force = Parameter.flag(
    "force", letter: "f", "replace a file that is there already")
  private static let append = Parameter.flag("append", "write behind what the file holds already")

  static let command = Command(
    "save", topic: .data, "writes the items to a file, which is there once it is whole",
    discussion: """
      The name's ending decides: .json (one value, or an array of the items), .jsonl and .ndjson (a value a line), .csv \
      (a row a record), anything else gets lines: strings as they are, the rest as compact JSON. What `to` made is \
      written as it is, if it is piped here; in a variable it is ordinary text. A file of the name stays as it was until the last item has come, and for good if anything \
      fails; with --force it is then replaced and its permissions are kept, and a symbolic link goes on pointing to \
      it. --append writes at once, so what came before a failure stays; CSV then has the columns of the file.
      """,
    input: .required, result: .nothing, parameters: [file, format, force, append],
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
        return SavedFile(writer, try resultFormat(format, lineBreak, behind: writer, in: files, name), span)
      } catch {
        writer.discard()
        throw error
      }
    }
    try await saved.write(input, isSingle: call.isInputSingle)
    if let notice = saved.notice { call.warn(.leftOut, notice) }
    return .nothing
  }

  private static func resultFormat(
    _ format: FileFormat, _ lineBreak: String?, behind writer: any ChunkWriter, in files: any FileAccess, _ name: String
  ) throws(Failure) -> any ResultFormat {
    if let lineBreak { return LinesFormat(lineBreak: lineBreak) }
    guard format == .csv, writer.hasContent else { return format.writer() }
    let reader = try files.open(name)
    defer { reader.close() }
    var rows = CSVReader(name)
    return CSVFormat(continuing: try rows.header(of: reader))
  }
}

/// The file that `save` writes: it is put in its place after the last item, and given up whenever anything fails.
private final class SavedFile {
  private let writer: any ChunkWriter
  private let format: any ResultFormat
  /// Where the file's name stands, for what goes wrong with the file.
  private let span: SourceSpan?
  private var bytes: [UInt8] = []
  private static let chunk = 64 << 10

  init(_ writer: any ChunkWriter, _ format: any ResultFormat, _ span: SourceSpan?) {
    self.writer = writer
    self.format = format
    self.span = span
  }

  var notice: String? { format.notice }

  func write(_ input: ItemStream, isSingle: Bool) async throws(Interruption) {
    do throws(Interruption) {
      if isSingle, let item = try await input.next() {
        if format is CSVFormat { try add(item) } else { format.value(item, kind: nil, to: &bytes) }
      } else {
        format.begin(nil, to: &bytes)
        while let item = try await input.next() {
          try add(item)
          if bytes.count >= Self.chunk { try put() }
        }
        format.end(to: &bytes)
      }
      try put()
      try Interruption.rethrowing(at: span) { () throws(Failure) in try writer.commit() }
    } catch {
      writer.discard()
      throw error
    }
  }

  private func add(_ item: JSONValue) throws(Interruption) {
    guard let csv = format as? CSVFormat else { return format.item(item, to: &bytes) }
    try Interruption.rethrowing { () throws(Failure) in try csv.strictItem(item, to: &bytes) }
  }

  private func put() throws(Interruption) {
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

  private static func noAppending(_ span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "nothing can be appended to a JSON text", at: span, help: "a .jsonl file takes a value more")
  }
}
