/// How the items of a file are written down.
enum FileFormat: String, CaseIterable, Sendable {
  case json
  case jsonl
  case csv
  case tsv
  case lines

  static let names = allCases.map { $0.rawValue }

  /// By the name's ending; lines when it says nothing.
  init(fileName name: String) {
    let name = name.lowercased()
    self =
      if name.hasSuffix(".json") {
        .json
      } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
        .jsonl
      } else if name.hasSuffix(".tsv") {
        .tsv
      } else {
        name.hasSuffix(".csv") ? .csv : .lines
      }
  }

  /// What stands between the fields of a row; nil where there are no rows.
  var separator: UInt8? {
    switch self {
    case .csv: UInt8(ascii: ",")
    case .tsv: UInt8(ascii: "\t")
    case .json, .jsonl, .lines: nil
    }
  }

  /// - Parameter name: the file's, for messages; nil where only one text can be meant.
  func reader(_ name: String?, _ dialect: CSVDialect? = nil) -> any RecordReader {
    switch self {
    case .json: JSONReader(name)
    case .jsonl: JSONLinesReader(name)
    case .csv, .tsv: CSVReader(name, dialect ?? CSVDialect(separator: separator ?? CSVDialect().separator))
    case .lines: LinesReader(name)
    }
  }

  func writer() -> any ResultFormat {
    switch self {
    case .json: JSONFormat()
    case .jsonl: JSONLinesFormat()
    case .csv, .tsv: CSVFormat(CSVWriter(options: CSVWriter.Options(separator: separator ?? UInt8(ascii: ","))))
    case .lines: LinesFormat()
    }
  }
}
