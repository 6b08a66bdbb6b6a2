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
  private var scanner = JSONItemScanner()
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
        guard let end = scanner.end(in: buffer) else {
          guard buffer.isAtEnd else { return .needsMore }
          // What is wrong inside the item comes before that the array has no end.
          _ = try value(upTo: buffer.bytes.count, buffer)
          throw problem(.unexpectedEnd, at: buffer.bytes.count, buffer)
        }
        place = .behindItem
        return .record(try value(upTo: end, buffer))
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
      scanner = JSONItemScanner()
      return
    }
    buffer.move(to: buffer.position + 1, lineFeeds: 0)
  }

  /// The value that stands from the position up to an index, and moves there.
  private func value(upTo end: Int, _ buffer: ByteBuffer) throws(Failure) -> JSONValue {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: buffer.bytes, in: buffer.position..<end)
    } catch {
      throw problem(error.reason, at: buffer.position + error.offset, buffer)
    }
    buffer.move(to: end)
    return value
  }

  private func problem(_ reason: JSONSyntaxError.Reason, at index: Int, _ buffer: ByteBuffer) -> Failure {
    bad.failure("\(reason)", at: index, in: buffer)
  }
}

/// Finds the end of an array's item by its brackets and quotes alone, each byte looked at once; whether the item is right
/// is the parser's business. It stops early at what no right item has.
private struct JSONItemScanner {
  private var scanned = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// The index of the comma or bracket behind the item; nil when it has not come yet.
  mutating func end(in buffer: ByteBuffer) -> Int? {
    let start = buffer.position
    var state = self
    let end = buffer.bytes.withUnsafeBufferPointer { bytes -> Int? in
      for index in start + state.scanned..<bytes.count where state.isEnd(bytes[index]) {
        // What is wrong by itself belongs to the item, so that the parser names it.
        let isBehind = [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[index])
        return isBehind ? index : index + 1
      }
      return nil
    }
    state.scanned = buffer.bytes.count - start
    self = state
    return end
  }

  private mutating func isEnd(_ byte: UInt8) -> Bool {
    guard !isInString else {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == .quote {
        isInString = false
      }
      return byte < 0x20
    }
    switch byte {
    case .quote: isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      return depth > JSONValue.maximumDepth + 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth < 0
    case UInt8(ascii: ","): return depth == 0
    default: break
    }
    return false
  }
}
