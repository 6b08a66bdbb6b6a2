import OrderedJSON

enum OpenCommand {
  private static let files = Parameter<[[String]]>(
    "file", .variadic, .file, "the files to read, or patterns such as logs/*.jsonl; - is standard input",
    kind: .fileNames, fallback: nil, defaultText: nil, isPerItem: false, complaint: { _ in nil })
  private static let format = Parameter.option(
    "as", .choice(FileFormat.names), "how to read it, whatever its name says")
  private static let columns = Parameter.option(
    "columns", .names, "the columns' names, for CSV without a header row, such as id,status")

  static let command = Command(
    "open", topic: .data, "reads the items of files, one at a time",
    discussion: """
      The name's ending decides: .json (an array gives its items), .jsonl and .ndjson (a value a line), .csv and .tsv (a \
      record a row, all values strings), anything else gives lines. Values that stand one behind another, as jq writes \
      them, are read in .json and .jsonl alike. UTF-16 is recognised, a byte order mark passed over. The first bad \
      record ends the stream with an error that names its line, counted from 1, and its byte, counted from 0.

      Several files are read one after another. In a pattern * stands for any text within a name and ? for one \
      character; the files that fit are read in the order of their names, and none that fits is an error. A file that \
      has the very name of the pattern is that file.
      """,
    input: .none, result: .stream,
    parameters: [files, format, columns, CSVFlags.separator, CSVFlags.missingFields],
    searchWords: ["file", "cat", "read", "load", "glob", "slurp", "read_csv", "read_json", "tsv"],
    examples: [
      .init("open events.jsonl | where .status == \"failed\" | count", "filter a large file in constant memory"),
      .init("open notes.txt --as lines | first 3", "the first lines", gives: "a\nb\nc"),
      .init("open *.jsonl notes.txt | count", "several files", gives: "6"),
    ]
  ) { call throws(Interruption) in
    let names = try await call.value(files)
    let format = try await call.value(format).flatMap { FileFormat(rawValue: $0) }
    let opened = zip(names, call.spans(of: files)).flatMap { names, span in
      names.map { NamedFile(name: $0, format: format ?? FileFormat(fileName: $0), span: span) }
    }
    for flag in [columns as any AnyParameter, CSVFlags.separator, CSVFlags.missingFields]
    where call.isGiven(flag) && opened.allSatisfy({ $0.format.separator == nil }) {
      throw .failure(CSVFlags.onlyForCSV(flag, call.span(of: flag)))
    }
    var dialects: [FileFormat: CSVDialect] = [:]
    for format in [FileFormat.csv, .tsv] {
      dialects[format] = try await CSVFlags.dialect(call, columns: columns, separator: format.separator)
    }
    return .stream(
      .deferred { _ throws(Interruption) in
        FileItems(call, try found(opened, in: call.session.files), dialects).stream
      })
  }

  /// The files that patterns stand for, and the others.
  private static func found(
    _ files: [NamedFile], in access: any FileAccess
  ) throws(Interruption) -> [NamedFile] {
    var found: [NamedFile] = []
    for file in files {
      guard let pattern = FilePattern(file.name), !access.isRegular(file.name) else {
        found.append(file)
        continue
      }
      let names = try Interruption.rethrowing(at: file.span) { () throws(Failure) in try pattern.names(in: access) }
      found += names.map { NamedFile(name: $0, format: file.format, span: file.span) }
    }
    return found
  }
}

/// A file to read, and where the script names it.
private struct NamedFile {
  let name: String
  let format: FileFormat
  let span: SourceSpan
}

/// The records of files, each of which is opened once those before it have ended.
private final class FileItems {
  private let call: Call
  private var rest: ArraySlice<NamedFile>
  private let dialects: [FileFormat: CSVDialect]
  private var current: (source: RecordSource, chunks: any ChunkReader)?

  init(_ call: Call, _ files: [NamedFile], _ dialects: [FileFormat: CSVDialect]) {
    self.call = call
    rest = files[...]
    self.dialects = dialects
  }

  var stream: ItemStream {
    ItemStream(
      cleanUp: { self.close() }, pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
  }

  private func next() async throws(Interruption) -> JSONValue? {
    while true {
      if let item = try await current?.source.next() { return item }
      close()
      guard let file = rest.popFirst() else { return nil }
      current = try open(file)
    }
  }

  private func close() {
    current?.chunks.close()
    current = nil
  }

  private func open(_ file: NamedFile) throws(Interruption) -> (RecordSource, any ChunkReader) {
    let (call, files) = (call, call.session.files)
    let isStandardInput = file.name == "-"
    // A file that another process is still writing may take its time.
    let isSlow = isStandardInput || !files.isRegular(file.name)
    let chunks = try Interruption.rethrowing(at: file.span) { () throws(Failure) in
      isStandardInput ? try files.openStandardInput() : try files.open(file.name)
    }
    let reader = file.format.reader(isStandardInput ? "standard input" : file.name, dialects[file.format])
    let source = RecordSource(reader) { () async throws(Interruption) -> [UInt8]? in
      if isSlow { try call.session.flush() }
      let chunk = try Interruption.rethrowing { () throws(Failure) in try chunks.next() }
      return chunk.isEmpty ? nil : chunk
    }
    return (source, chunks)
  }
}

extension ParameterKind where Wrapped == [[String]] {
  /// Names of files: of each argument its name, or those of a list.
  fileprivate static var fileNames: ParameterKind {
    ParameterKind(.file) { value throws(ConversionError) in
      guard case .array(let arguments) = value else { return [[try ParameterKind<String>.file.convert(value)]] }
      var names: [[String]] = []
      for argument in arguments {
        guard case .array(let items) = argument else {
          names.append([try ParameterKind<String>.file.convert(argument)])
          continue
        }
        var list: [String] = []
        for item in items { list.append(try ParameterKind<String>.file.convert(item)) }
        names.append(list)
      }
      return names
    }
  }
}
