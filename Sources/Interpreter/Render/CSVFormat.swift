import OrderedJSON

/// CSV as in RFC 4180: a header from the first record's keys, CRLF, quotes where needed, nested values as compact JSON.
/// Items that are no records stand in one column, `value`.
final class CSVFormat: ResultFormat {
  private var writer: CSVWriter
  private var isHeaderDue: Bool

  /// - Parameter columns: those of a file that is written on, which has a header already.
  init(continuing columns: [String]? = nil) {
    writer = CSVWriter(columns.map { .ofFile($0) } ?? .ofFirstItem)
    isHeaderDue = columns == nil
  }

  var notice: String? { writer.notice }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    if case .array(let items) = value {
      for item in items { self.item(item, to: &bytes) }
    } else {
      item(value, to: &bytes)
    }
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    put(writer.looseRow(of: item), to: &bytes)
  }

  /// As `item`, but for a file that others read: what does not fit the columns is an error.
  func strictItem(_ item: JSONValue, to bytes: inout [UInt8]) throws(Failure) {
    put(try writer.row(of: item), to: &bytes)
  }

  /// A row, the first one behind the header.
  private func put(_ row: [UInt8], to bytes: inout [UInt8]) {
    if isHeaderDue, let header = writer.header { putLine(header, to: &bytes) }
    isHeaderDue = false
    putLine(row, to: &bytes)
  }

  private func putLine(_ row: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: row)
    bytes.append(.carriageReturn)
    bytes.append(.lineFeed)
  }
}
