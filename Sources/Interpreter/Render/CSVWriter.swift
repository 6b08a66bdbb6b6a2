import OrderedJSON

/// The rows of CSV as in RFC 4180, without their line breaks: quotes where they are needed, null an empty field, lists and
/// records as compact JSON.
///
/// The columns are the fields of the first records together, so those are held until they are decided. A field that comes
/// later is an error and never left out silently.
struct CSVWriter {
  /// Where the columns come from.
  enum Columns {
    /// The fields of the first records, in the order in which they first come.
    case ofFirstItems
    /// Those of a file that is written on, and which of them are to be filled; nil is all.
    case ofFile([String], filling: [String]?)
    /// For a caller that knows that there may be more fields.
    case chosen([String])
  }

  /// So many records decide the columns.
  static let deciding = 1000

  private let source: Columns
  private let options: Options
  /// Nil until the first items have decided them.
  private var columns: [ExactText]?
  private var known: Set<ExactText> = []
  private var held: [JSONValue] = []
  private var isHeaderDue: Bool
  private var isMarkDue: Bool
  private var count = 0
  /// Whether the first item is no record, so that all stand in a column of their own; nil before it.
  private var isPlain: Bool?
  /// How many rows will be taken at most, where that is known: no more items are held than give so many.
  var expectedRows = Int.max
  private var heldAtMost: Int { min(Self.deciding, max(1, expectedRows - (isHeaderDue ? 1 : 0))) }

  struct Options {
    var separator = UInt8(ascii: ",")
    var hasHeader = true
    /// For others who read it: records and other values are not to be mixed.
    var isStrict = true
    var isForExcel = false
  }

  init(_ source: Columns = .ofFirstItems, options: Options = Options()) {
    self.source = source
    self.options = options
    isHeaderDue = options.hasHeader
    isMarkDue = options.isForExcel
    switch source {
    case .ofFirstItems: break
    case .ofFile(let names, _):
      (isHeaderDue, isMarkDue) = (false, false)
      decide(names)
    case .chosen(let names): decide(names)
    }
  }

  /// The rows that are known now that there is one item more.
  /// - Throws: when the item does not fit the columns, or is no record among records, or the other way round.
  mutating func add(_ item: JSONValue) throws(Failure) -> [[UInt8]] {
    count += 1
    if options.isStrict {
      let isPlain = isPlain ?? (item.objectValue == nil)
      guard (item.objectValue == nil) == isPlain else { throw Self.mixed(item, isPlain: isPlain) }
      self.isPlain = isPlain
      if isPlain, columns == nil { decide(["value"]) }
    }
    guard columns == nil else { return try header() + [row(of: item)] }
    held.append(item.detached())
    return held.count < heldAtMost ? [] : try decideByHeld()
  }

  /// The rows that are left behind the last item.
  mutating func finish() throws(Failure) -> [[UInt8]] {
    columns == nil && !held.isEmpty ? try decideByHeld() : header()
  }

  private mutating func decide(_ names: [String]) {
    let names = names.map { ExactText($0) }
    columns = names
    known = Set(names)
  }

  private mutating func decideByHeld() throws(Failure) -> [[UInt8]] {
    var names: [String] = []
    var seen: Set<ExactText> = []
    var hasRecord = false
    for case .object(let record) in held {
      hasRecord = true
      for key in record.keys where seen.insert(ExactText(key)).inserted { names.append(key) }
    }
    if hasRecord, names.isEmpty, options.isStrict { throw Self.noColumns() }
    decide(hasRecord ? names : ["value"])
    defer { held = [] }
    var rows = header()
    for item in held { rows.append(try row(of: item)) }
    return rows
  }

  /// The row of the columns' names, where it is due.
  private mutating func header() -> [[UInt8]] {
    guard isHeaderDue, let columns else { return [] }
    isHeaderDue = false
    return [row(columns.map { field(.string($0.text)) })]
  }

  /// An item that is no record stands in the first column.
  private mutating func row(of item: JSONValue) throws(Failure) -> [UInt8] {
    let columns = columns ?? []
    guard case .object(let record) = item else {
      return row([field(item)] + columns.dropFirst().map { _ in "" })
    }
    if case .chosen = source {} else if case .ofFile(_, filling: .some) = source {} else { try check(record) }
    var filled: Set<ExactText>?
    if case .ofFile(_, let names?) = source { filled = Set(names.map { ExactText($0) }) }
    return row(columns.map { filled?.contains($0) == false ? "" : field(record[$0.text] ?? .null) })
  }

  /// - Throws: when a field of the record has no column.
  private func check(_ record: JSONObject) throws(Failure) {
    guard let stranger = record.keys.first(where: { !known.contains(ExactText($0)) }) else { return }
    let id = record["id"]?.stringValue.map { " (\($0))" } ?? ""
    throw unknownColumn(stranger, "item \(count)\(id)")
  }

  private func field(_ value: JSONValue) -> String {
    if value.isNull { return "" }
    guard options.isForExcel, case .string(let text, _) = value, let first = text.utf8.first,
      Self.formulaStarts.contains(first), JSONNumber(text) == nil
    else { return value.text }
    return "'" + text
  }

  /// A spreadsheet takes a cell that begins with one of these for a formula, which may start programs and send data away.
  private static let formulaStarts = Array("=+-@\t\r".utf8)

  private mutating func row(_ cells: [String]) -> [UInt8] {
    var bytes: [UInt8] = isMarkDue ? [0xEF, 0xBB, 0xBF] : []
    isMarkDue = false
    // An empty line would be taken for no row at all.
    if cells == [""] { return bytes + [.quote, .quote] }
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(options.separator) }
      let needsQuotes = cell.utf8.contains {
        $0 == options.separator || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
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
}

extension CSVWriter {
  private func unknownColumn(_ name: String, _ item: String) -> Failure {
    let decision: String
    if case .ofFile = source {
      decision = "the file's header decides the columns"
    } else {
      decision = "the first \(Self.deciding) records decide the columns"
    }
    return Failure(
      .unknownColumn, "\(item) has a field '\(name)' that has no column: \(decision)",
      help: "--columns of `to csv` and `save` says which fields to write")
  }

  private static func noColumns() -> Failure {
    Failure(
      .typeMismatch, "the first records have no fields, so there are no columns",
      help: "--columns of `to csv` and `save` names them")
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
