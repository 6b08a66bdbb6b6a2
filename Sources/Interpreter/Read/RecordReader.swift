import OrderedJSON

/// Takes one record after another from the front of a text. Each format is one of these.
protocol RecordReader {
  /// The next record, as far as the buffer holds it. A reader that needs more is called again once more has come.
  /// - Throws: a failure that names the line and the byte of the first bad record.
  mutating func next(_ buffer: ByteBuffer) throws(Failure) -> RecordStep
}

enum RecordStep {
  case record(JSONValue)
  case needsMore
  case end
}

/// A text that comes in chunks, with a way to read it.
final class RecordSource {
  private let buffer: ByteBuffer
  private var reader: any RecordReader
  private let more: () async throws(Interruption) -> [UInt8]?

  /// - Parameters:
  ///   - isUTF8: whether the text is UTF-8 for certain, since it was text before.
  ///   - more: the next chunk, nil at the end.
  init(
    _ reader: any RecordReader, isUTF8: Bool = false, more: @escaping () async throws(Interruption) -> [UInt8]?
  ) {
    buffer = ByteBuffer(isUTF8: isUTF8)
    self.reader = reader
    self.more = more
  }

  func next() async throws(Interruption) -> JSONValue? {
    do throws(Failure) {
      switch try reader.next(buffer) {
      case .record(let value): return value
      case .end: return nil
      case .needsMore: break
      }
    } catch {
      throw .failure(error)
    }
    return try await nextBehindMore()
  }

  private func nextBehindMore() async throws(Interruption) -> JSONValue? {
    while true {
      let chunk = try await more()
      do throws(Failure) {
        if let chunk { try buffer.append(chunk) } else { buffer.finish() }
        switch try reader.next(buffer) {
        case .record(let value): return value
        case .end: return nil
        case .needsMore:
          // At the end of the text every reader knows what to do.
          if chunk == nil { return nil }
        }
      } catch {
        throw .failure(error)
      }
    }
  }
}

/// What stands wrong in a text, and where.
struct BadRecord {
  /// The file, or nil where only one text can be meant.
  let name: String?

  /// - Parameter index: where it stands in the buffer, at or behind its position.
  func failure(_ problem: String, at index: Int, in buffer: ByteBuffer) -> Failure {
    let line = buffer.line + buffer.countLineFeeds(in: buffer.position..<index)
    let place = "line \(line), byte \(buffer.offset(of: index))"
    return Failure(.badRecord, "\(name.map { "\($0), " } ?? "")\(place): \(problem)")
  }

  func notText(_ range: Range<Int>, in buffer: ByteBuffer) -> Failure {
    failure("it is not UTF-8 text", at: firstInvalidByte(of: buffer.bytes, in: range), in: buffer)
  }

  private func firstInvalidByte(of bytes: [UInt8], in range: Range<Int>) -> Int {
    var rest = bytes[range].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var index = range.lowerBound
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { index += scalar.count }
    return index
  }
}
