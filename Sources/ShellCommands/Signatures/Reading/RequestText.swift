import Interpreter

/// A raw HTTP request, as a proxy or `nc` saved it.
enum RequestText {
  /// Where the body begins must be found within so many bytes.
  private static let longestHead = HeaderText.limit

  static func parts(of bytes: [UInt8]) throws(Failure) -> DeliveryParts {
    // Empty lines before the request line are no part of it (RFC 9112, 2.2).
    let start = bytes.firstIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } ?? bytes.count
    guard start < bytes.count else { throw empty }
    let (head, bodyStart) = try Self.head(of: bytes, from: start)
    guard !bytes[start...].starts(with: "HTTP/".utf8) else { throw isAnswer }
    let text = try HeaderText(bytes[head])
    guard !text.fields.isEmpty else { throw noHeaders }
    var parts = DeliveryParts(headers: text.fields, body: bytes[bodyStart...])
    parts.path = text.target.map { String($0.prefix { $0 != "?" }) }
    frame(&parts)
    return parts
  }

  /// The head without the empty line behind it, and where the body begins.
  private static func head(of bytes: [UInt8], from start: Int) throws(Failure) -> (Range<Int>, body: Int) {
    let end = min(bytes.count, start + longestHead)
    var line = start
    while line < end {
      let next = bytes[line..<end].firstIndex(of: UInt8(ascii: "\n"))
      guard let next else { break }
      if next == line || next == line + 1 && bytes[line] == UInt8(ascii: "\r") { return (start..<line, next + 1) }
      line = next + 1
    }
    guard end == bytes.count else { throw noBody }
    return (start..<bytes.count, bytes.count)
  }

  /// Takes the body out of the transfer's framing.
  private static func frame(_ parts: inout DeliveryParts) {
    func value(_ name: String) -> String? { parts.headers.first { $0.0.lowercased() == name }?.1 }
    if value("transfer-encoding")?.lowercased().hasSuffix("chunked") == true {
      if let whole = ChunkedBody.decoded(parts.body) {
        parts.body = whole[...]
        parts.remarks.append(.init(code: "chunked-body", text: "the body was in chunks, and was put together"))
      } else {
        parts.remarks.append(
          .init(
            code: "chunked-body",
            text: "the headers say that the body is in chunks, but it is not: it is taken as it is"
          ))
      }
    } else if let length = value("content-length").flatMap({ Int($0) }), length >= 0, parts.body.count > length {
      let extra = parts.body.count - length
      parts.body = parts.body.prefix(length)
      parts.remarks.append(
        .init(
          code: "extra-bytes",
          text: "\(extra == 1 ? "one byte" : "\(extra) bytes") behind the body, by its content-length, left out"))
    }
  }

  private static let empty = Failure("bad-request", "the request is empty")
  private static let isAnswer = Failure(
    "bad-request", "this is an HTTP response, not a request", help: "give the request that brought the delivery")
  private static let noHeaders = Failure("bad-request", "the request has no headers")
  private static let noBody = Failure(
    "bad-request", "no empty line ends the headers within \(longestHead >> 20) MiB",
    help: "--body @file takes a body alone")
}
