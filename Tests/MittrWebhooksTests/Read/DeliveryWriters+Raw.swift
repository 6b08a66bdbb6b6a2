import OrderedJSON

/// Raw requests, and what people put around them.
extension DeliveryWriters {
  static func head(_ delivery: SampleDelivery, _ start: String = "POST /hook HTTP/1.1", _ end: String = "\r\n")
    -> String
  {
    ([start] + delivery.lines).joined(separator: end) + end + end
  }

  static let raw: [Writer] = [
    ("raw, CRLF", { bytes(head($0)) + $0.body }),
    ("raw, LF", { bytes(head($0, "POST /hook HTTP/1.1", "\n")) + $0.body }),
    ("raw behind empty lines", { bytes("\r\n\r\n" + head($0)) + $0.body }),
    ("raw with a byte order mark", { [0xEF, 0xBB, 0xBF] + bytes(head($0)) + $0.body }),
    ("raw with a line break behind", { bytes(head($0)) + $0.body + [0x0A] }),
    ("raw with an answer behind", { bytes(head($0)) + $0.body + bytes("\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nok") }),
    ("raw of HTTP/2", { bytes(head($0, ":method: POST\r\n:path: /hook\r\n:authority: x")) + $0.body }),
    ("raw without a request line", { bytes($0.lines.joined(separator: "\n") + "\n\n") + $0.body }),
    ("raw with a whole URL", { bytes(head($0, "POST https://x.example/hook?a=b HTTP/2.0")) + $0.body }),
    ("raw for an editor", { bytes(head($0, "POST https://x.example/hook", "\n")) + $0.body }),
    ("raw, folded", { bytes(head($0).replacing("X-Mittr-Signature: ", with: "X-Mittr-Signature:\r\n ")) + $0.body }),
    (
      "raw in chunks",
      { delivery in
        let head = head(delivery).replacing(
          "Content-Length: \(delivery.body.count)", with: "Transfer-Encoding: chunked")
        var body: [UInt8] = []
        for start in stride(from: 0, to: delivery.body.count, by: 7) {
          let piece = delivery.body[start..<min(start + 7, delivery.body.count)]
          body += bytes(String(piece.count, radix: 16) + "\r\n") + piece + [0x0D, 0x0A]
        }
        return bytes(head) + body + bytes("0\r\n\r\n")
      }
    ),
    (
      "raw in UTF-16",
      { delivery in
        delivery.text.map {
          [0xFF, 0xFE] + (head(delivery) + $0).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
      }
    ),
    ("quoted", { marked($0, "> ") }), ("indented", { marked($0, "    ") }),
    ("in a fence", { fenced($0, before: "") }),
    ("in a fence in a text", { fenced($0, before: "Hello,\nthis one is refused:\n\n") }),
    ("behind a text", { bytes("This is what came:\n" + head($0, "POST /hook HTTP/1.1", "\n")) + $0.body }),
    (
      "as a string of JSON",
      { delivery in delivery.text.map { bytes(JSONValue.string(head(delivery) + $0).description) } }
    ),
  ]

  private static func marked(_ delivery: SampleDelivery, _ mark: String) -> [UInt8]? {
    guard let text = delivery.text, !delivery.body.contains(13) else { return nil }
    let lines = (head(delivery, "POST /hook HTTP/1.1", "\n") + text).split(
      separator: "\n", omittingEmptySubsequences: false)
    return bytes(lines.map { mark + $0 }.joined(separator: "\n"))
  }

  static func fenced(_ delivery: SampleDelivery, before: String) -> [UInt8]? {
    delivery.text.map { bytes(before + "```http\n" + head(delivery, "POST /hook HTTP/1.1", "\n") + $0 + "\n```\n") }
  }
}
