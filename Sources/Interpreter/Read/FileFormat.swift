/// How the items of a file are written down.
enum FileFormat: String, CaseIterable, Sendable {
  case json
  case jsonl
  case csv
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
      } else {
        name.hasSuffix(".csv") ? .csv : .lines
      }
  }

  /// - Parameter name: the file's, for messages; nil where only one text can be meant.
  func reader(_ name: String?, _ dialect: CSVDialect = CSVDialect()) -> any RecordReader {
    switch self {
    case .json: JSONReader(name)
    case .jsonl: JSONLinesReader(name)
    case .csv: CSVReader(name, dialect)
    case .lines: LinesReader(name)
    }
  }

  func writer() -> any ResultFormat {
    switch self {
    case .json: JSONFormat()
    case .jsonl: JSONLinesFormat()
    case .csv: CSVFormat()
    case .lines: LinesFormat()
    }
  }
}
