import OrderedJSON

enum OpenCommand {
  private static let formats = ["json", "jsonl", "csv", "lines"]
  private static let file = Parameter.positional("file", .file, "the file to read")
  private static let format = Parameter.option("as", .choice(formats), "how to read it, whatever its name says")

  static let command = Command(
    "open", topic: .data, "reads a file's items, one at a time",
    discussion: """
      The name's ending decides: .json (an array gives its items), .jsonl and .ndjson (a value a line), .csv (a record
      a row, all values strings), anything else gives lines.
      """,
    input: .none, result: .stream, parameters: [file, format],
    examples: [
      .init("open events.jsonl | where .status == \"failed\" | count", "filter a large file in constant memory"),
      .init("open notes.txt --as lines | first 3", "the first lines"),
    ]
  ) { call throws(Interruption) in
    let name = try await call.value(file)
    let reader: any ChunkReader
    do throws(Failure) {
      reader = try call.session.files.open(name)
    } catch {
      throw .failure(error)
    }
    let items: any RecordReader =
      switch try await call.value(format) ?? defaultFormat(name) {
      case "json": JSONArrayReader(name)
      case "jsonl": JSONLinesReader(name)
      case "csv": CSVReader(name)
      default: LinesReader(name)
      }
    let source = RecordSource(reader, items)
    return .stream(
      ItemStream(cleanUp: { source.close() }) { () async throws(Interruption) -> JSONValue? in
        do throws(Failure) {
          return try source.next()
        } catch {
          throw .failure(error)
        }
      })
  }

  private static func defaultFormat(_ name: String) -> String {
    let name = name.lowercased()
    if name.hasSuffix(".json") { return "json" }
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return "jsonl" }
    return name.hasSuffix(".csv") ? "csv" : "lines"
  }
}
