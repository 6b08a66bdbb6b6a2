import OrderedJSON

/// The rows of CSV as in RFC 4180, without their line breaks: quotes where they are needed, null an empty field, lists and
/// records as compact JSON.
struct CSVWriter {
  /// Nil until the first item has decided them.
  private(set) var columns: [String]?
  private let separator: UInt8
  private var missing: [String] = []
  /// Whether the items are no records and stand in a column of their own.
  private var isPlain = false

  /// Where the columns come from.
  enum Columns {
    case ofFirstItem
    /// Of a file that is written on.
    case ofFile([String])
    /// For a caller that knows that there may be more fields.
    case chosen([String])
  }

  private let source: Columns

  init(_ source: Columns = .ofFirstItem, separator: UInt8 = UInt8(ascii: ",")) {
    self.source = source
    self.separator = separator
    switch source {
    case .ofFirstItem: columns = nil
    case .ofFile(let names), .chosen(let names): columns = names
    }
  }

  mutating func decideColumns(by item: JSONValue) {
    guard columns == nil else { return }
    if case .object(let record) = item {
      columns = record.keys
    } else {
      columns = ["value"]
      isPlain = true
    }
  }

  /// The row of the columns' names, once they are decided.
  var header: [UInt8]? { columns.map { row($0) } }

  /// What the reader of the rows should know.
  var notice: String? {
    guard !missing.isEmpty else { return nil }
    let decision = if case .ofFile = source { "the file's header" } else { "the first record" }
    return "\(decision) decides the columns; left out: \(missing.joined(separator: ", "))"
  }

  /// - Throws: when the item is no record among records, or the other way round, or there are no columns.
  mutating func row(of item: JSONValue) throws(Failure) -> [UInt8] {
    decideColumns(by: item)
    guard columns?.isEmpty == false else { throw Self.noColumns() }
    guard (item.objectValue == nil) == isPlain else { throw Self.mixed(item, isPlain: isPlain) }
    return looseRow(of: item)
  }

  /// A row of anything: an item that is no record stands in the first column.
  mutating func looseRow(of item: JSONValue) -> [UInt8] {
    decideColumns(by: item)
    let columns = columns ?? []
    guard case .object(let record) = item else {
      return row([item.isNull ? "" : item.text] + columns.dropFirst().map { _ in "" })
    }
    if case .chosen = source {} else { note(record.keys, beyond: columns) }
    return row(columns.map { name in record[name].map { $0.isNull ? "" : $0.text } ?? "" })
  }

  private mutating func note(_ keys: [String], beyond columns: [String]) {
    for key in keys where !columns.contains(key) && !missing.contains(key) && missing.count < 20 {
      missing.append(key)
    }
  }

  private func row(_ cells: [String]) -> [UInt8] {
    // An empty line would be taken for no row at all.
    if cells == [""] { return [.quote, .quote] }
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(separator) }
      let needsQuotes = cell.utf8.contains {
        $0 == separator || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
      }
      guard needsQuotes else {
        bytes.append(contentsOf: cell.utf8)
        continue
      }
      bytes.append(.quote)
      for byte in cell.utf8 {
        if byte == .quote { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(.quote)
    }
    return bytes
  }

  private static func noColumns() -> Failure {
    Failure(
      .typeMismatch, "the first record has no fields, so there are no columns",
      help: "--columns of `to csv` names them")
  }

  private static func mixed(_ item: JSONValue, isPlain: Bool) -> Failure {
    Failure(
      .typeMismatch,
      isPlain
        ? "the first item is no record, so CSV has no place for the fields of this record"
        : "CSV takes records, got \(item.kindWithArticle)",
      help: "| each {value: .} makes records of other values")
  }
}
