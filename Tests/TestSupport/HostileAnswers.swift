/// What a server may send in place of an answer, to whoever asks.
package enum HostileAnswers {
  /// A whole answer of each status from 000 to 999, by its number.
  package static func status(_ number: Int) -> String {
    let digits = String(repeating: "0", count: 3 - String(number).count) + String(number)
    return "HTTP/1.1 \(digits) X\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
  }

  /// Bytes after which the connection ends, with a name for each.
  package static let others: [(name: String, bytes: String)] =
    statusLines.map { ("the status line '\($0.prefix(40))'", "\($0)\r\nContent-Length: 2\r\n\r\n{}") } + [
      ("nothing", ""),
      ("a half head", "HTTP/1.1 200 OK\r\nContent-"),
      ("interim answers without end", String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 100_000)),
      ("early hints without end", String(repeating: "HTTP/1.1 103 X\r\nLink: </a>\r\n\r\n", count: 50_000)),
      ("another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc"),
      ("101 without an upgrade", "HTTP/1.1 101 X\r\n\r\n"),
      ("headers without end", "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 200_000)),
      ("one header without end", "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 2_000_000)),
      ("a reason without end", "HTTP/1.1 200 " + String(repeating: "b", count: 2_000_000)),
      ("a header without a name", "HTTP/1.1 200 OK\r\n: b\r\n\r\n"),
      ("a header with control characters", "HTTP/1.1 200 OK\r\nA: \u{1}\u{7F}\u{0}\r\nContent-Length: 2\r\n\r\n{}"),
      ("a folded header", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\n{}"),
      ("a body that is too short", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}"),
      ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
      ("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
      ("a length beyond all", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
      (
        "a length and chunks",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
      ),
      ("a chunk of no size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
      ("a chunk beyond all", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}"),
      (
        "trailers without end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + String(repeating: "A: b\r\n", count: 100_000)
      ),
      ("a body where none may be", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}"),
      ("a status of none in two answers", status(7) + status(200)),
      ("two answers", status(200) + status(200)),
      ("an answer after interim ones", "HTTP/1.1 100 X\r\n\r\nHTTP/1.1 102 X\r\n\r\n" + status(200)),
    ]

  private static let statusLines = [
    "HTTP/1.1 1000 X", "HTTP/1.1 99999 X", "HTTP/1.1 -1 X", "HTTP/1.1 -200 X", "HTTP/1.1 20 X", "HTTP/1.1 2 X",
    "HTTP/1.1 0x0 X", "HTTP/1.1 2OO X", "HTTP/1.1 ٢٠٠ X", "HTTP/1.1  X", "HTTP/1.1", "HTTP/1.1 200", "HTTP/1.1\t200 X",
    "HTTP/0.9 200 X", "HTTP/2.0 200 X", "HTTP/9.9 200 X", "HTTP/1.12 200 X", "http/1.1 200 X",
    "HTTP/1.1 18446744073709551616 X",
    "ICY 200 OK", "RTSP/1.0 200 OK", "SSH-2.0-x", "220 mail ESMTP", "GET / HTTP/1.1", "\u{0}\u{0}\u{0}\u{0}", "{}", "",
  ]
}
