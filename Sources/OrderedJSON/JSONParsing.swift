extension JSONValue {
  /// Parses one JSON text (RFC 8259), strictly.
  ///
  /// The whole text is checked now; objects inside keep the bytes and are read when they are used (see `JSONObject`).
  /// - Parameter bytes: UTF-8 text without a byte order mark.
  /// - Throws: `JSONSyntaxError` with the offset of the first offending byte. Invalid UTF-8 and more than
  ///   `maximumDepth` levels are errors.
  public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    try self.init(parsing: bytes, in: 0..<bytes.count)
  }

  /// Parses the JSON text of a string; offsets in errors count its UTF-8 bytes.
  public init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses one JSON text that is a part of a larger buffer, such as a line of a file, without copying it.
  ///
  /// The value shares the buffer: `detached()` lets go of it.
  /// - Parameter range: where the text stands in `bytes`; it must lie within.
  /// - Throws: `JSONSyntaxError` with an offset counted from the start of `range`.
  public init(parsing bytes: [UInt8], in range: Range<Int>) throws(JSONSyntaxError) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let checked: Result<JSONTape, JSONSyntaxError> = bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return .failure(JSONSyntaxError(.unexpectedEnd, at: 0)) }
      let room = JSONTapeRecorder.room(forText: range.count)
      return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { memory in
        var validator = JSONValidator(
          base, from: range.lowerBound, to: range.upperBound, recorder: JSONTapeRecorder(memory))
        do throws(JSONSyntaxError) {
          try validator.document()
          return .success(JSONTape(validator.recorder))
        } catch {
          return .failure(JSONSyntaxError(error.reason, at: error.offset - range.lowerBound))
        }
      }
    }
    let source = JSONSource(bytes, from: range.lowerBound, tape: try checked.get())
    self = JSONText(source: source, range: range).value()
  }

  /// Whether bytes are one JSON text, found without building a value.
  package static func canParse(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      var validator = JSONValidator(base, from: 0, to: buffer.count)
      return (try? validator.document()) != nil
    }
  }
}
