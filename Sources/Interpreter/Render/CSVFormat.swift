import OrderedJSON

/// CSV as in RFC 4180: a header, CRLF, quotes where needed, nested values as compact JSON. Items that are no records stand in
/// one column, `value`.
final class CSVFormat: ResultFormat {
  private var writer: CSVWriter

  init(_ writer: CSVWriter = CSVWriter(options: .init(isStrict: false))) { self.writer = writer }

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
      bytes.append(.carriageReturn)
      bytes.append(.lineFeed)
    }
  }
}
