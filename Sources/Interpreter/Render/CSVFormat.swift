import OrderedJSON

/// CSV as in RFC 4180: a header, CRLF, quotes where needed, nested values as compact JSON. Items that are no records stand in
/// one column, `value`.
final class CSVFormat: ResultFormat {
  private var writer: CSVWriter
  private let lineBreak: [UInt8]

  /// - Parameter lineBreak: a terminal has one of its own, and would be shown a carriage return as an escape.
  init(_ writer: CSVWriter = CSVWriter(options: .init(isStrict: false)), lineBreak: String = "\r\n") {
    self.writer = writer
    self.lineBreak = Array(lineBreak.utf8)
  }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) throws(Failure) {
    if case .array(let items) = value {
      for item in items { try self.item(item, to: &bytes) }
    } else {
      try item(value, to: &bytes)
    }
    try end(to: &bytes)
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) throws(Failure) { put(try writer.add(item), to: &bytes) }

  func end(to bytes: inout [UInt8]) throws(Failure) { put(try writer.finish(), to: &bytes) }

  private func put(_ rows: [[UInt8]], to bytes: inout [UInt8]) {
    for row in rows {
      bytes.append(contentsOf: row)
      bytes.append(contentsOf: lineBreak)
    }
  }
}
