import OrderedJSON

/// CSV as in RFC 4180. Every row is a record under the header's names, every value a string.
///
/// Between records of several columns empty lines are passed over; in a file of one column they are empty fields. A line
/// ends with CRLF, LF or CR, each row in its own way.
struct CSVReader: RecordReader {
  private let bad: BadRecord
  private let separator: UInt8
  private let fillsMissing: Bool
  /// The names, once they are known.
  private(set) var columns: [String]?
  private var scanner: CSVRowScanner

  init(_ name: String?, _ dialect: CSVDialect = CSVDialect()) {
    bad = BadRecord(name: name)
    separator = dialect.separator
    fillsMissing = dialect.fillsMissing
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
          move(behind: row, buffer)
          continue
        }
        let missing = columns.count - cells.count
        guard missing == 0 || missing > 0 && fillsMissing else {
          throw ragged(cells.count, columns.count, row, buffer)
        }
        move(behind: row, buffer)
        let values = cells.map { JSONValue.string($0) } + Array(repeating: .null, count: missing)
        return .record(.object(JSONObject(zip(columns, values))))
      }
      try checkHeader(cells, row, buffer)
      columns = cells
      move(behind: row, buffer)
    }
  }

  /// Over a row, whose end counts as that of a line also where it is a CR alone.
  private func move(behind row: Range<Int>, _ buffer: ByteBuffer) {
    let endsWithReturn = buffer.bytes[row.upperBound - 1] == .carriageReturn
    buffer.move(to: row.upperBound, lineFeeds: buffer.countLineFeeds(in: row) + (endsWithReturn ? 1 : 0))
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
    if end > row.lowerBound, bytes[end - 1] == .lineFeed { end -= 1 }
    if end > row.lowerBound, bytes[end - 1] == .carriageReturn { end -= 1 }
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

  private func ragged(_ count: Int, _ expected: Int, _ row: Range<Int>, _ buffer: ByteBuffer) -> Failure {
    let message = "it has \(count) \(count == 1 ? "field" : "fields"), the header has \(expected)"
    var failure = bad.failure(message, at: row.lowerBound, in: buffer)
    if count < expected { failure.help = "--missing-fields null gives null for those that are missing" }
    return failure
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

/// Finds the end of a row, which is no line break in quotes. Each byte is looked at once, but a CR at the end of what has come,
/// since an LF may belong to it.
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
    var (place, separator, looked) = (place, separator, buffer.bytes.count)
    let end = buffer.bytes.withUnsafeBufferPointer { bytes -> Int? in
      for index in start + scanned..<bytes.count {
        let byte = bytes[index]
        switch place {
        case .quoted: if byte == .quote { place = .behindQuote }
        case _ where byte == .lineFeed: return index + 1
        case _ where byte == .carriageReturn:
          guard index + 1 < bytes.count else {
            looked = index
            return nil
          }
          return bytes[index + 1] == .lineFeed ? index + 2 : index + 1
        case _ where byte == separator: place = .fieldStart
        case .fieldStart: place = byte == .quote ? .quoted : .plain
        case .behindQuote: place = byte == .quote ? .quoted : .plain
        case .plain: break
        }
      }
      return nil
    }
    scanned = end == nil ? looked - start : 0
    self.place = end == nil ? place : .fieldStart
    return end
  }
}
