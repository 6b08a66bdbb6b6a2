/// An HTTP message, right or wrong.
struct HTTPBytes {
  var bytes: [UInt8]
  /// Whether it ends where its own headers say, so that another may follow on the connection.
  var isSound: Bool
}

extension FuzzRandom {
  /// A message with its body framed by its length or in chunks; now and then neither.
  /// - Parameter head: the first line and the headers, without those that frame.
  mutating func message(_ head: String, body: [UInt8], alwaysFramed: Bool = false) -> HTTPBytes {
    var message = HTTPBytes(bytes: [], isSound: true)
    switch below(24) {
    case 0...15:
      let framing = body.isEmpty && !alwaysFramed && once(in: 2) ? "" : "Content-Length: \(body.count)\r\n"
      message.bytes = Array("\(head)\(framing)\r\n".utf8) + body
    case 16...19: message.bytes = Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + chunked(body)
    case 20:
      let length = pick([
        "\(body.count + 1 + below(9))", "-1", "", "0x1", "\(body.count), \(body.count)", "99999999999", "1e3",
      ])
      message.bytes = Array("\(head)Content-Length: \(length)\r\n\r\n".utf8) + body
      message.isSound = false
    case 21:
      let framing =
        "Content-Length: \(body.count)\r\nTransfer-Encoding: \(pick(["chunked", "gzip", "chunked, chunked", "identity"]))"
      message.bytes = Array("\(head)\(framing)\r\n\r\n".utf8) + (once(in: 2) ? chunked(body) : body)
      message.isSound = false
    case 22:
      message.bytes = Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + spoilt(chunked(body))
      message.isSound = false
    default:
      message.bytes = spoilt(Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body, pieces: Self.headPieces)
      message.isSound = false
    }
    if message.isSound, once(in: 60) {
      message = HTTPBytes(bytes: Array(message.bytes.prefix(below(message.bytes.count))), isSound: false)
    }
    return message
  }

  /// A body in pieces, with what may stand between them.
  private mutating func chunked(_ body: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1 + below(once(in: 3) ? 4 : 4000))
      let size = String(piece.count, radix: 16, uppercase: once(in: 2))
      result +=
        Array("\(once(in: 8) ? "000" : "")\(size)\(once(in: 12) ? ";a=b" : "")\r\n".utf8) + piece + Array("\r\n".utf8)
      rest = rest.dropFirst(piece.count)
    }
    return result + Array("0\r\n\(once(in: 10) ? "X-Trailer: 1\r\n" : "")\r\n".utf8)
  }

  /// Headers that mean something to somebody.
  mutating func headers(_ known: [String], values: [String]) -> String {
    var text = ""
    for _ in 0..<below(4) {
      let name = once(in: 12) ? "X-\(below(1000))" : pick(known)
      let value: String
      switch below(12) {
      case 0: value = String(repeating: "a", count: length())
      case 1: value = String(below(100_000))
      case 2: value = pick(Self.pieces).filter { $0.isASCII && !$0.isNewline }
      default: value = pick(values)
      }
      text += "\(name): \(value)\r\n"
    }
    if once(in: 300) { text += "X-Long: \(String(repeating: "y", count: 150_000))\r\n" }
    if once(in: 200) { for number in 0..<300 { text += "X-\(number): z\r\n" } }
    return text
  }

  static let headPieces =
    pieces + [
      "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", " ", "  ", "\r\n\r\n", "\r\n ", "Host:", "Content-Length: 5\r\n",
      "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: upgrade\r\nUpgrade: h2c\r\n",
      "Expect: 100-continue\r\n", "GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ": ", "::", "0\r\n\r\n",
    ]
}
