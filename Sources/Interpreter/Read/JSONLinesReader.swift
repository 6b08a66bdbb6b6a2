import OrderedJSON

/// JSON Lines: a value a line. Empty lines are passed over. A value may also go on over several lines, and another one follow
/// it in its line, as jq writes them.
struct JSONLinesReader: RecordReader {
  private let bad: BadRecord
  private var lines = LineScanner()
  private var values: JSONValueReader
  /// Whether the position is on a line that is not one whole value: its values are looked for one by one.
  private var isInOtherLine = false
  private var isInValue = false
  /// A line that is longer is not waited for: it may be a whole file.
  private static let longestLine = 1 << 20

  init(_ name: String?) {
    bad = BadRecord(name: name)
    values = JSONValueReader(bad, isOfOneLine: true)
  }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> RecordStep {
    while true {
      if isInOtherLine {
        if let step = try nextOfOtherLine(buffer) { return step }
        continue
      }
      switch lines.next(buffer) {
      case .end: return .end
      case .needsMore:
        guard buffer.bytes.count - buffer.position > Self.longestLine else { return .needsMore }
        beginOtherLine()
      case .line(let range, let end):
        guard !range.allSatisfy({ isJSONWhitespace(buffer.bytes[$0]) }) else {
          buffer.move(to: end, lineFeeds: 1)
          continue
        }
        let value: JSONValue
        do throws(JSONSyntaxError) {
          value = try JSONValue(parsing: buffer.bytes, in: range)
        } catch {
          guard error.reason == .trailingContent || error.reason == .unexpectedEnd else {
            throw bad.failure("\(error.reason)", at: range.lowerBound + error.offset, in: buffer)
          }
          beginOtherLine()
          continue
        }
        buffer.move(to: end, lineFeeds: end > range.upperBound ? 1 : 0)
        return .record(value)
      }
    }
  }

  private mutating func beginOtherLine() {
    isInOtherLine = true
    lines = LineScanner()
  }

  /// Nil once the position is on a new line.
  private mutating func nextOfOtherLine(_ buffer: ByteBuffer) throws(Failure) -> RecordStep? {
    if !isInValue {
      let line = buffer.line
      let byte = buffer.skipWhitespace()
      if buffer.line > line {
        isInOtherLine = false
        return nil
      }
      guard byte != nil else { return buffer.isAtEnd ? .end : .needsMore }
      isInValue = true
    }
    guard let value = try values.next(buffer) else { return .needsMore }
    isInValue = false
    return .record(value)
  }
}
