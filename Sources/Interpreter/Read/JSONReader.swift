import OrderedJSON

/// JSON: one text, or several one behind another. An array gives its items one at a time, anything else is one item.
struct JSONReader: RecordReader {
  private enum Place {
    case start
    /// Behind `[`, where `]` may follow.
    case firstItem
    /// Behind a comma.
    case nextItem
    case insideItem
    case behindItem
    case otherValue
    /// Behind a value, where the text may end.
    case behindValue
    case end
  }

  private let bad: BadRecord
  private var place = Place.start
  private var values: JSONValueReader

  init(_ name: String?) {
    bad = BadRecord(name: name)
    values = JSONValueReader(bad)
  }

  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> RecordStep {
    while true {
      switch place {
      case .end: return .end
      case .otherValue:
        guard let value = try values.next(buffer) else { return .needsMore }
        place = .behindValue
        return .record(value)
      case .insideItem:
        guard let value = try values.next(buffer, mayEndText: false) else { return .needsMore }
        place = .behindItem
        return .record(value)
      case .behindValue:
        if buffer.skipWhitespace() == nil {
          guard buffer.isAtEnd else { return .needsMore }
          place = .end
        } else {
          place = .start
        }
      case .start, .firstItem, .nextItem, .behindItem:
        guard let byte = buffer.skipWhitespace() else {
          guard buffer.isAtEnd else { return .needsMore }
          throw problem(.unexpectedEnd, at: buffer.position, buffer)
        }
        try move(at: byte, buffer)
      }
    }
  }

  /// One step forward among the brackets and commas.
  private mutating func move(at byte: UInt8, _ buffer: ByteBuffer) throws(Failure) {
    switch (place, byte) {
    case (.start, UInt8(ascii: "[")): place = .firstItem
    case (.start, _):
      place = .otherValue
      return
    case (.firstItem, UInt8(ascii: "]")), (.behindItem, UInt8(ascii: "]")): place = .behindValue
    case (.behindItem, UInt8(ascii: ",")): place = .nextItem
    case (.behindItem, _), (_, UInt8(ascii: ",")), (_, UInt8(ascii: "]")), (_, UInt8(ascii: "}")):
      throw problem(.unexpectedByte(byte), at: buffer.position, buffer)
    default:
      place = .insideItem
      return
    }
    buffer.move(to: buffer.position + 1, lineFeeds: 0)
  }

  private func problem(_ reason: JSONSyntaxError.Reason, at index: Int, _ buffer: ByteBuffer) -> Failure {
    bad.failure("\(reason)", at: index, in: buffer)
  }
}
