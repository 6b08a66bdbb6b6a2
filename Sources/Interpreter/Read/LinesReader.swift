import OrderedJSON

/// Finds lines. One that is not whole yet is not searched twice.
struct LineScanner {
  enum Step {
    /// Where the line stands, without its line break, and where the next one begins.
    case line(Range<Int>, end: Int)
    case needsMore
    case end
  }

  /// How many bytes behind the buffer's position hold no line feed.
  private var searched = 0

  /// The line under the buffer's position, which stays where it is.
  mutating func next(_ buffer: ByteBuffer) -> Step {
    let start = buffer.position
    if let found = buffer.first(.lineFeed, in: start + searched..<buffer.bytes.count) {
      searched = 0
      let isCarriageReturn = found > start && buffer.bytes[found - 1] == .carriageReturn
      return .line(start..<(isCarriageReturn ? found - 1 : found), end: found + 1)
    }
    guard buffer.isAtEnd else {
      searched = buffer.bytes.count - start
      return .needsMore
    }
    searched = 0
    return buffer.hasRest ? .line(start..<buffer.bytes.count, end: buffer.bytes.count) : .end
  }
}

/// A line, a string. Bytes that are not UTF-8 are an error.
struct LinesReader: RecordReader {
  private let bad: BadRecord
  private var scanner = LineScanner()

  init(_ name: String?) { bad = BadRecord(name: name) }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> RecordStep {
    switch scanner.next(buffer) {
    case .end: return .end
    case .needsMore: return .needsMore
    case .line(let range, let end):
      guard let text = String(validating: buffer.bytes[range], as: UTF8.self) else {
        throw bad.notText(range, in: buffer)
      }
      buffer.move(to: end, lineFeeds: 1)
      return .record(.string(text))
    }
  }
}
