import OrderedJSON

/// Takes JSON values: an array's items, and values that stand one behind another, as jq writes them, with or without white
/// space between them. The readers of JSON and JSON Lines share it.
struct JSONValueReader {
  private let bad: BadRecord
  private var scanner = JSONValueScanner()
  /// How many bytes of the value under the position were found to be right so far.
  private var checked = 0

  /// Whether a value is expected to stand in one line, so that one that does not says where it begins.
  private let isOfOneLine: Bool

  init(_ bad: BadRecord, isOfOneLine: Bool = false) {
    self.bad = bad
    self.isOfOneLine = isOfOneLine
  }

  /// The value under the buffer's position, which is no white space; nil when it has not come yet.
  /// - Parameter mayEndText: whether the text may end behind it. In an array a number there may have been cut.
  mutating func next(_ buffer: ByteBuffer, mayEndText: Bool = true) throws(Failure) -> JSONValue? {
    let start = buffer.position
    let found = scanner.end(in: buffer)
    guard let end = found ?? (buffer.isAtEnd ? buffer.bytes.count : nil) else {
      try checkBeginning(buffer)
      return nil
    }
    (scanner, checked) = (JSONValueScanner(), 0)
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: buffer.bytes, in: start..<end)
    } catch {
      throw failure(error, buffer)
    }
    guard found != nil || mayEndText else {
      throw bad.failure("\(JSONSyntaxError.Reason.unexpectedEnd)", at: end, in: buffer)
    }
    buffer.move(to: end)
    return value
  }

  /// What is wrong with a value is told before all that follows was read in search of its end. Each look is at twice as much as
  /// the one before, so that all of them take no longer than one.
  private mutating func checkBeginning(_ buffer: ByteBuffer) throws(Failure) {
    let whole = buffer.bytes.count - buffer.position
    guard whole >= max(2 * checked, Self.firstCheck) else { return }
    checked = whole
    // Behind a line feed nothing is cut but brackets.
    guard let end = buffer.bytes.lastIndex(of: .lineFeed), end > buffer.position else { return }
    do throws(JSONSyntaxError) {
      _ = try JSONValue(parsing: buffer.bytes, in: buffer.position..<end)
    } catch {
      guard error.reason != .unexpectedEnd else { return }
      throw failure(error, buffer)
    }
  }

  private func failure(_ error: JSONSyntaxError, _ buffer: ByteBuffer) -> Failure {
    let place = buffer.position + error.offset
    let isBehind = isOfOneLine && buffer.countLineFeeds(in: buffer.position..<place) > 0
    let beginning = isBehind ? ", inside the value that begins in line \(buffer.line)" : ""
    return bad.failure("\(error.reason)\(beginning)", at: place, in: buffer)
  }

  private static let firstCheck = 64 << 10
}

/// Finds the end of a value by its brackets and quotes alone, each byte looked at once; whether the value is right is the
/// parser's business. It stops early at what no right value has.
private struct JSONValueScanner {
  private enum Form {
    case unknown
    case scalar
    case nestedOrText
  }

  private var form = Form.unknown
  private var scanned = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// The index behind the value; nil when it has not come yet, or nothing but the end of the text ends it.
  mutating func end(in buffer: ByteBuffer) -> Int? {
    let start = buffer.position
    var state = self
    let end = buffer.bytes.withUnsafeBufferPointer { bytes -> Int? in
      for index in start + state.scanned..<bytes.count {
        if let end = state.end(at: index, bytes[index]) { return end }
      }
      return nil
    }
    state.scanned = buffer.bytes.count - start
    self = state
    return end
  }

  private mutating func end(at index: Int, _ byte: UInt8) -> Int? {
    switch form {
    case .unknown:
      switch byte {
      case .quote: (form, isInString) = (.nestedOrText, true)
      case UInt8(ascii: "{"), UInt8(ascii: "["): (form, depth) = (.nestedOrText, 1)
      case _ where Self.endsScalar(byte): return index + 1
      default: form = .scalar
      }
      return nil
    case .scalar: return Self.endsScalar(byte) ? index : nil
    case .nestedOrText: return isEnd(byte) ? index + 1 : nil
    }
  }

  private mutating func isEnd(_ byte: UInt8) -> Bool {
    guard !isInString else {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == .quote {
        isInString = false
        return depth == 0
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
      return depth == 0
    default: break
    }
    return false
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case .quote, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","),
      UInt8(ascii: ":"):
      true
    default: isJSONWhitespace(byte)
    }
  }
}
