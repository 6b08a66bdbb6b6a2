import MittrWebhooks
import Synchronization
import TestSupport
import Testing
import WebhookReceiver

@Suite("What a receiver takes for no delivery", .timeLimit(.minutes(1)))
struct RefusalTests {
  @Test(
    "a look whether it is there gets 200, no body behind a HEAD, and is no delivery",
    arguments: [("GET", "ok\n"), ("HEAD", ""), ("OPTIONS", "ok\n")])
  func probe(method: String, body: String) async throws {
    try await Receiver.with(secret: "whsec_test") {
      $0.answer = .status(503)
    } _: { receiver, log in
      let request = "\(method) /health HTTP/1.1\r\nHost: localhost\r\n"
      let answer = try await RawClient.exchange(receiver.port, request + "Connection: close\r\n\r\n")
      #expect(answer.statusLine == "HTTP/1.1 200 OK")
      let end = try #require(answer.firstRange(of: "\r\n\r\n"))
      #expect(answer[end.upperBound...] == body)
      #expect(answer.contains("ontent-Length: 3"))
      #expect(answer.contains("Allow: POST") == (method == "OPTIONS"))
      #expect(log.deliveries.isEmpty)
      // One that says anything of Mittr's is a delivery.
      let delivery = request + "X-Mittr-Trace-Id: 1\r\nConnection: close\r\n\r\n"
      #expect(try await RawClient.exchange(receiver.port, delivery).statusLine == "HTTP/1.1 503 Service Unavailable")
      #expect(log.deliveries.map(\.request.method) == [method])
    }
  }

  @Test(
    "what is refused is told, and why",
    arguments: [
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n", 413, .bodyTooLarge(1000)),
      ("POST / HTTP/1.1\r\nX: \(String(repeating: "a", count: 200_000))\r\n", 431, .headersTooLarge(131_072)),
      ("SSH-2.0-x\r\n\r\n", 400, .notHTTP), ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}", 400, .tls),
      ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u{0}\u{0}\u{0}\u{4}", 505, .http2),
    ] as [(String, Int, ReceiverRefusal)])
  func refused(text: String, status: Int, refusal: ReceiverRefusal) async throws {
    let refusals = Mutex<[ReceiverRefusal]>([])
    let told: @Sendable (ReceiverRefusal) -> Void = { refusal in refusals.withLock { $0.append(refusal) } }
    try await Receiver.with {
      $0.maximumBodyBytes = 1000
      $0.onRefusal = told
    } _: { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, text)
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
      let seen = refusals.withLock { $0 }
      #expect(seen == [refusal])
      #expect(log.deliveries.isEmpty)
    }
  }

  @Test("an opening that comes byte by byte is known all the same")
  func slowOpening() async throws {
    let refusals = Mutex<[ReceiverRefusal]>([])
    let told: @Sendable (ReceiverRefusal) -> Void = { refusal in refusals.withLock { $0.append(refusal) } }
    try await Receiver.with {
      $0.onRefusal = told
    } _: { receiver, _ in
      let port = receiver.port
      _ = try await blocking {
        let connection = try RawConnection(port: port)
        for byte in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8 { connection.send([byte]) }
        return try connection.rest()
      }
      let seen = refusals.withLock { $0 }
      #expect(seen == [.http2])
    }
  }
}
