/// A raw HTTP request, as a proxy or `nc` saved it.
enum RawRequest {
  /// Whether a text begins as a request does: with a request line, a field of HTTP/2, or a header.
  static func begins(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.firstLine.line
    // Where all lines are indented, the empty one behind the head is not empty.
    if line.startIndex > text.startIndex, text[line.startIndex - 1] != UInt8(ascii: "\n"),
      TextMarks.unindented(text) != nil
    {
      return false
    }
    if RequestLine(line) != nil || line.starts("HTTP/") { return true }
    let name = (line.first == UInt8(ascii: ":") ? line.dropFirst() : line).prefix { $0 != UInt8(ascii: ":") }
    return name.count < line.count && HeaderName.isToken(name) && !name.contains { "'`*".utf8.contains($0) }
  }

  static func reading(of text: ArraySlice<UInt8>) throws(DeliverySourceError) -> DeliveryReading {
    // Empty lines before the request line are no part of it (RFC 9112, 2.2).
    let start = text.firstIndex { !$0.isBlank } ?? text.endIndex
    let request = text[start...]
    guard !request.starts("HTTP/") else { throw .response }
    let (head, bodyStart) = try Self.head(of: request)
    let lines = try HeaderLines(head)
    guard !lines.fields.isEmpty else { throw .noHeaders }
    var reading = DeliveryReading(format: "a raw HTTP request", fields: lines.fields)
    reading.target = lines.target.map(RequestLine.originTarget(of:))
    reading.bodies = bodies(request[bodyStart...], lines.fields, &reading.notes)
    try refuseOthers(behind: request[bodyStart...], reading)
    return reading
  }

  /// Where the body begins must be found within so many bytes: 1 MiB.
  private static let longestHead = 1 << 20

  /// The head without the empty line behind it, and where the body begins.
  private static func head(
    of bytes: ArraySlice<UInt8>
  ) throws(DeliverySourceError) -> (ArraySlice<UInt8>, body: Int) {
    let end = bytes.startIndex + min(bytes.count, longestHead)
    var line = bytes.startIndex
    while line < end {
      let next = bytes[line..<end].firstIndex(of: UInt8(ascii: "\n"))
      guard let next else { break }
      if next == line || next == line + 1 && bytes[line] == UInt8(ascii: "\r") {
        return (bytes[..<line], next + 1)
      }
      line = next + 1
    }
    guard end == bytes.endIndex else { throw .tooLarge(limit: longestHead) }
    return (bytes, bytes.endIndex)
  }

  /// The body without the transfer's framing, and where the request may end.
  private static func bodies(
    _ body: ArraySlice<UInt8>, _ fields: [HeaderField], _ notes: inout [DeliveryNote]
  ) -> [DeliveryBody] {
    func value(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
    if value("transfer-encoding")?.lowercased().hasSuffix("chunked") == true {
      guard let whole = ChunkedBody.decoded(body) else {
        notes.append(
          DeliveryNote(
            "chunked-body", "the headers say that the body is in chunks, but it is not: it is taken as it is"))
        return [DeliveryBody(body)]
      }
      return [
        DeliveryBody(whole[...], DeliveryNote("chunked-body", "the body was in chunks, and was put together")),
        DeliveryBody(body),
      ]
    }
    var bodies = [DeliveryBody(body)]
    if let length = value("content-length").flatMap({ Int($0) }), length >= 0, body.count > length {
      bodies.append(DeliveryBody(body.prefix(length), extra(body.count - length, ", by its content-length, left out")))
    }
    // What a tool prints behind a request is the answer to it.
    for (mark, what) in [(firstAnswer(in: body), "an answer"), (toolLine(in: body), "a line of the tool")] {
      guard let mark else { continue }
      let end = body[..<mark].trimmed.endIndex
      bodies.append(DeliveryBody(body[..<end], extra(body.endIndex - end, ", where \(what) begins, left out")))
    }
    return bodies
  }

  /// Where a body ends in an editor's file of requests (`###`), or in what OkHttp prints (`--> END POST`).
  private static func toolLine(in body: ArraySlice<UInt8>) -> Int? {
    ["\n###", "\n--> end "].compactMap { body.firstRange(ignoringCase: $0)?.lowerBound }.min()
  }

  /// Another request behind the body, with another signature: which of them is meant is not for us to say.
  private static func refuseOthers(
    behind body: ArraySlice<UInt8>, _ reading: DeliveryReading
  ) throws(DeliverySourceError) {
    func signatures(_ fields: [HeaderField]) -> [String] {
      fields.filter { HeaderName.mentionsSignature($0.name) }.map(\.value)
    }
    let length = reading.fields.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
    let end = length.flatMap { $0 >= 0 && $0 < body.count ? body.startIndex + $0 : nil } ?? toolLine(in: body)
    guard let end, HeaderName.isMentioned(in: body[end...]) else { return }
    let own = signatures(reading.fields)
    let starts = RawRequestInText.starts(in: body[end...])
    // Each is looked at up to the next one, so that every byte is looked at once.
    let others = zip(starts, starts.dropFirst() + [body.endIndex]).filter { start, next in
      guard let (head, _) = try? head(of: body[start..<next]), let lines = try? HeaderLines(head) else { return false }
      let found = signatures(lines.fields)
      return !found.isEmpty && found != own
    }
    if !others.isEmpty { throw .several(others.count + 1) }
  }

  private static func extra(_ count: Int, _ why: String) -> DeliveryNote {
    DeliveryNote("extra-bytes", "\(count == 1 ? "one byte" : "\(count) bytes") behind the body\(why)")
  }

  private static func firstAnswer(in body: ArraySlice<UInt8>) -> Int? {
    var rest = body
    while let range = rest.firstRange(ignoringCase: "\nhttp/") {
      let line = body[(range.lowerBound + 1)...].prefix { $0 != UInt8(ascii: "\n") }.trimmed
      let words = line.prefix(64).split(separator: 0x20)
      if line.starts("HTTP/"), words.count >= 2, words[1].count == 3, words[1].allSatisfy(\.isDigit) {
        return range.lowerBound
      }
      rest = rest[range.upperBound...]
    }
    return nil
  }
}
