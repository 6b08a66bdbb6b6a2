import OrderedJSON

/// Texts from the pipe as one text of many lines: an item is a line, or several.
enum TextItems {
  /// The records of that text, read as they come.
  static func records(_ reader: any RecordReader, of call: Call, for command: String) -> Output {
    let input = call.requiredInput
    let source = RecordSource(reader, isUTF8: true) { () async throws(Interruption) -> [UInt8]? in
      guard let item = try await input.next() else { return nil }
      var bytes = Array(
        try Interruption.rethrowing { () throws(Failure) in try text(of: item, for: command) }.utf8)
      if bytes.last != .lineFeed { bytes.append(.lineFeed) }
      return bytes
    }
    return .stream(
      ItemStream(cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        try await source.next()
      })
  }

  static func text(of item: JSONValue, for command: String) throws(Failure) -> String {
    guard case .string(let text, _) = item else {
      throw Failure(
        .typeMismatch, "'\(command)' takes text, got \(item.kindWithArticle)",
        help: "what is a value already needs no reading")
    }
    return text
  }
}
