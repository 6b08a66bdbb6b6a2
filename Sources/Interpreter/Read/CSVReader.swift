import OrderedJSON

/// CSV as in RFC 4180. Every row is a record under the header's names, every value a string.
///
/// Between records of several columns empty lines are passed over; in a file of one column they are empty fields.
struct CSVReader: RecordReader {
  private let bad: BadRecord
  private let separator: UInt8
  /// The names, once they are known.
  private(set) var columns: [String]?
  private var scanner: CSVRowScanner

  init(_ name: String?, _ dialect: CSVDialect = CSVDialect()) {
    bad = BadRecord(name: name)
    separator = dialect.separator
    columns = dialect.columns
    scanner = CSVRowScanner(separator: dialect.separator)
  }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> RecordStep {
    while true {
      let end: Int
      if let found = scanner.end(in: buffer) {
        end = found
      } else {
        guard buffer.isAtEnd else { return .needsMore }
        guard buffer.hasRest else { return .end }
        end = buffer.bytes.count
        scanner = CSVRowScanner(separator: separator)
      }
      let row = buffer.position..<end
      let cells = try cells(in: row, buffer)
      if let columns {
        if cells == [""], columns.count != 1 {
          buffer.move(to: end)
          continue
        }
        guard cells.count == columns.count else {
          throw bad.failure(Self.ragged(cells.count, columns.count), at: row.lowerBound, in: buffer)
        }
        buffer.move(to: end)
        return .record(.object(JSONObject(zip(columns, cells.map { .string($0) }))))
      }
      try checkHeader(cells, row, buffer)
      columns = cells
      buffer.move(to: end)
    }
  }

  private func checkHeader(_ cells: [String], _ row: Range<Int>, _ buffer: ByteBuffer) throws(Failure) {
    var seen: Set<[UInt8]> = []
    for cell in cells where !seen.insert(Array(cell.utf8)).inserted {
      var failure = bad.failure("the header has '\(cell)' twice", at: row.lowerBound, in: buffer)
      failure.help = "--columns gives the columns other names; | skip 1 then passes over the header"
      throw failure
    }
  }

  private func cells(in row: Range<Int>, _ buffer: ByteBuffer) throws(Failure) -> [String] {
    let bytes = buffer.bytes
    var end = row.upperBound
    if end > row.lowerBound, bytes[end - 1] == .lineFeed {
      end -= 1
      if end > row.lowerBound, bytes[end - 1] == .carriageReturn { end -= 1 }
    }
    var cells: [String] = []
    var index = row.lowerBound
    while true {
      let text: String?
      if index < end, bytes[index] == .quote {
        text = try quoted(from: &index, to: end, buffer)
      } else {
        let cellEnd = buffer.first(separator, in: index..<end) ?? end
        text = String(validating: bytes[index..<cellEnd], as: UTF8.self)
        index = cellEnd
      }
      guard let text else { throw bad.notText(row, in: buffer) }
      cells.append(text)
      guard index < end else { return cells }
      // Over the separator, behind which another field stands, be it an empty one.
      index += 1
    }
  }

  /// A field in quotes; nil when it is not UTF-8. The index moves behind it.
  private func quoted(from index: inout Int, to end: Int, _ buffer: ByteBuffer) throws(Failure) -> String? {
    let start = index
    var text: [UInt8] = []
    index += 1
    while true {
      guard let quote = buffer.first(.quote, in: index..<end) else {
        throw bad.failure("a quoted field has no closing quote", at: start, in: buffer)
      }
      text += buffer.bytes[index..<quote]
      index = quote + 1
      guard index < end, buffer.bytes[index] == .quote else { break }
      text.append(.quote)
      index += 1
    }
    guard index == end || buffer.bytes[index] == separator else {
      throw bad.failure("something follows the closing quote of a field", at: index, in: buffer)
    }
    return String(validating: text, as: UTF8.self)
  }

  private static func ragged(_ count: Int, _ expected: Int) -> String {
    "it has \(count) \(count == 1 ? "field" : "fields"), the header has \(expected)"
  }
}

extension CSVReader {
  /// The header row of a file; nil when the file has no row.
  mutating func header(of file: any ChunkReader) throws(Failure) -> [String]? {
    let buffer = ByteBuffer()
    while columns == nil, !buffer.isAtEnd {
      let chunk = try file.next()
      if chunk.isEmpty { buffer.finish() } else { try buffer.append(chunk) }
      do throws(Failure) {
        _ = try next(buffer)
      } catch {
        // What is wrong behind the header is not asked here.
        if columns == nil { throw error }
      }
    }
    return columns
  }
}

/// Finds the end of a row, which is no line break in quotes. Each byte is looked at once.
private struct CSVRowScanner {
  private enum Place {
    case fieldStart
    case plain
    case quoted
    /// Behind a quote that ends the field or is the first of two.
    case behindQuote
  }

  let separator: UInt8
  private var scanned = 0
  private var place = Place.fieldStart

  init(separator: UInt8) { self.separator = separator }

  /// The index behind the row's line break; nil when it has not come yet.
  mutating func end(in buffer: ByteBuffer) -> Int? {
    let start = buffer.position
    var (place, separator) = (place, separator)
    let end = buffer.bytes.withUnsafeBufferPointer { bytes -> Int? in
      for index in start + scanned..<bytes.count {
        let byte = bytes[index]
        switch place {
        case .quoted: if byte == .quote { place = .behindQuote }
        case _ where byte == .lineFeed: return index + 1
        case _ where byte == separator: place = .fieldStart
        case .fieldStart: place = byte == .quote ? .quoted : .plain
        case .behindQuote: place = byte == .quote ? .quoted : .plain
        case .plain: break
        }
      }
      return nil
    }
    scanned = end == nil ? buffer.bytes.count - start : 0
    self.place = end == nil ? place : .fieldStart
    return end
  }
}
