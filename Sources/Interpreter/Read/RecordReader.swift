import OrderedJSON

/// Reads a file's records one after another. Each format is one of these.
protocol RecordReader {
  /// The next record, or nil at the end.
  /// - Throws: a failure that names the line and the byte of the first bad record.
  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> JSONValue?
}

/// A file with a way to read it.
final class RecordSource {
  private let buffer: ByteBuffer
  private var reader: any RecordReader

  init(_ chunks: any ChunkReader, _ reader: any RecordReader) {
    buffer = ByteBuffer(chunks)
    self.reader = reader
  }

  func next() throws(Failure) -> JSONValue? { try reader.next(buffer) }
  func close() { buffer.close() }
}

/// A line, a string. Bytes that are not UTF-8 are an error.
struct LinesReader: RecordReader {
  private let name: String

  init(_ name: String) { self.name = name }

  func next(_ buffer: ByteBuffer) throws(Failure) -> JSONValue? {
    let (line, offset) = (buffer.line, buffer.offset)
    guard let range = try buffer.nextLine() else { return nil }
    guard let text = String(validating: buffer.bytes[range], as: UTF8.self) else {
      throw badRecord(name, line, offset, "it is not UTF-8 text")
    }
    return .string(text)
  }
}

/// JSON Lines: a value a line. Empty lines are passed over.
struct JSONLinesReader: RecordReader {
  private let name: String

  init(_ name: String) { self.name = name }

  func next(_ buffer: ByteBuffer) throws(Failure) -> JSONValue? {
    while true {
      let (line, offset) = (buffer.line, buffer.offset)
      guard let range = try buffer.nextLine() else { return nil }
      if range.allSatisfy({ buffer.bytes[$0] <= 0x20 }) { continue }
      do throws(JSONSyntaxError) {
        return try JSONValue(parsing: buffer.bytes, in: range)
      } catch {
        throw badRecord(name, line, offset + error.offset, "\(error.reason)")
      }
    }
  }
}

/// One JSON text. An array gives its items, anything else is one item.
struct JSONArrayReader: RecordReader {
  private let name: String
  private var items: ArraySlice<JSONValue>?

  init(_ name: String) { self.name = name }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> JSONValue? {
    if items == nil { items = try read(buffer)[...] }
    return items?.popFirst()
  }

  private func read(_ buffer: ByteBuffer) throws(Failure) -> [JSONValue] {
    let range = try buffer.rest()
    do throws(JSONSyntaxError) {
      let value = try JSONValue(parsing: buffer.bytes, in: range)
      return value.arrayValue ?? [value]
    } catch {
      let line = 1 + buffer.bytes[..<error.offset].count { $0 == UInt8(ascii: "\n") }
      throw badRecord(name, line, error.offset, "\(error.reason)")
    }
  }
}

/// CSV as in RFC 4180, with a header row. Every value is a string.
struct CSVReader: RecordReader {
  private let name: String
  private var columns: [String]?

  init(_ name: String) { self.name = name }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> JSONValue? {
    let columns: [String]
    if let known = self.columns {
      columns = known
    } else {
      guard let header = try row(buffer) else { return nil }
      columns = header
      self.columns = header
    }
    let (line, offset) = (buffer.line, buffer.offset)
    guard let cells = try row(buffer) else { return nil }
    guard cells.count == columns.count else {
      throw badRecord(name, line, offset, "it has \(cells.count) fields, the header has \(columns.count)")
    }
    return .object(JSONObject(zip(columns, cells.map { .string($0) })))
  }

  private func row(_ buffer: ByteBuffer) throws(Failure) -> [String]? {
    let (line, offset) = (buffer.line, buffer.offset)
    guard try buffer.peek() != nil else { return nil }
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    func endCell() throws(Failure) {
      guard let text = String(validating: cell, as: UTF8.self) else {
        throw badRecord(name, line, offset, "it is not UTF-8 text")
      }
      cells.append(text)
      cell = []
    }
    while let byte = try buffer.peek() {
      buffer.advance()
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if try buffer.peek() == UInt8(ascii: "\"") {
          cell.append(byte)
          buffer.advance()
        } else {
          isQuoted = false
        }
      case _ where isQuoted: cell.append(byte)
      case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
      case UInt8(ascii: ","): try endCell()
      case UInt8(ascii: "\r") where try buffer.peek() == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"):
        try endCell()
        return cells
      default: cell.append(byte)
      }
    }
    guard !isQuoted else { throw badRecord(name, line, offset, "a quoted field has no closing quote") }
    try endCell()
    return cells
  }
}

private func badRecord(_ name: String, _ line: Int, _ offset: Int, _ problem: String) -> Failure {
  Failure("bad-record", "\(name), line \(line), byte \(offset): \(problem)")
}
