import OrderedJSON

/// CSV as in RFC 4180: a header from the first record's keys, CRLF, quotes where needed, nested values as compact JSON.
/// Items that are no records stand in one column, `value`.
final class CSVFormat: ResultFormat {
  private var columns: [String]?
  private var missing: [String] = []

  var notice: String? {
    missing.isEmpty ? nil : "the first record decides the columns; left out: \(missing.joined(separator: ", "))"
  }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    if case .array(let items) = value {
      for item in items { self.item(item, to: &bytes) }
    } else {
      item(value, to: &bytes)
    }
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    let columns = self.columns ?? header(of: item, to: &bytes)
    self.columns = columns
    let cells: [String] =
      if case .object(let record) = item {
        cells(of: record, columns)
      } else {
        [item.text] + columns.dropFirst().map { _ in "" }
      }
    row(cells, to: &bytes)
  }

  private func cells(of record: JSONObject, _ columns: [String]) -> [String] {
    for key in record.keys where !columns.contains(key) && !missing.contains(key) && missing.count < 20 {
      missing.append(key)
    }
    return columns.map { name in record[name].map { $0.isNull ? "" : $0.text } ?? "" }
  }

  private func header(of item: JSONValue, to bytes: inout [UInt8]) -> [String] {
    let columns: [String] = if case .object(let record) = item { record.keys } else { ["value"] }
    row(columns, to: &bytes)
    return columns
  }

  private func row(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let needsQuotes = cell.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains($0) }
      guard needsQuotes else {
        bytes.append(contentsOf: cell.utf8)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in cell.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }
}
