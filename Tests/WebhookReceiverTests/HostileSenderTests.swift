import Foundation
import MittrWebhooks
import TestSupport
import Testing
import WebhookReceiver

@Suite("Hostile senders", .timeLimit(.minutes(1)))
struct HostileSenderTests {
  @Test(
    "what is no HTTP is answered with 400 and closed",
    arguments: [
      "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "SSH-2.0-x\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
    ])
  func garbage(text: String) async throws {
    try await Receiver.with { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, text)
      #expect(answer.statusLine == "HTTP/1.1 400 Bad Request")
      #expect(log.deliveries.isEmpty)
      let next = try await RawClient.exchange(receiver.port, post("x"))
      #expect(next.statusLine == "HTTP/1.1 200 OK")
    }
  }

  @Test("garbage behind a good request does not spoil its answer")
  func pipelinedGarbage() async throws {
    try await Receiver.with { receiver, log in
      let good = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
      let answer = try await RawClient.exchange(receiver.port, good + good + "\u{0}\u{0}\u{0}\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(log.deliveries.count <= 2)
      #expect(log.deliveries.count >= 1)
    }
  }

  @Test("pipelined requests are answered in turn")
  func pipelined() async throws {
    try await Receiver.with { receiver, log in
      let one = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
      let answer = try await RawClient.exchange(receiver.port, one + one + post("y"))
      #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
      #expect(log.deliveries.count == 3)
    }
  }

  @Test("a body over the bound is 413, announced or not, and is not kept")
  func tooLarge() async throws {
    try await Receiver.with {
      $0.maximumBodyBytes = 1000
    } _: { receiver, log in
      let big = String(repeating: "x", count: 300_000)
      let announced = try await RawClient.exchange(receiver.port, post(big))
      #expect(announced.statusLine == "HTTP/1.1 413 Payload Too Large")
      let chunks = String(repeating: "1\r\nx\r\n", count: 2000)
      let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      let chunked = try await RawClient.exchange(receiver.port, head + chunks)
      #expect(chunked.statusLine == "HTTP/1.1 413 Payload Too Large")
      let exact = String(repeating: "x", count: 1000)
      let fitting = try await RawClient.exchange(receiver.port, post(exact))
      #expect(fitting.statusLine == "HTTP/1.1 200 OK")
      #expect(log.deliveries.map(\.request.body.count) == [1000])
    }
  }

  @Test("endless headers are 431, which the sender sees however much he sends")
  func endlessHeaders() async throws {
    try await Receiver.with { receiver, log in
      for header in [
        "X-A: \(String(repeating: "a", count: 1_000_000))\r\n", String(repeating: "X: y\r\n", count: 50_000),
      ] {
        let answer = try await RawClient.exchange(receiver.port, "POST / HTTP/1.1\r\n" + header)
        #expect(answer.hasPrefix("HTTP/1.1 431 "))
      }
      #expect(log.deliveries.isEmpty)
    }
  }

  @Test("bodies that are too much together are 503, until others are answered")
  func tooMuch() async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let (going, go) = AsyncStream.makeStream(of: Void.self)
    try await Receiver.with {
      $0.maximumBodyBytes = 1000
      $0.maximumBytesUnderWay = 1000
      $0.diagnose = { request in
        guard request.path == "/held" else { return .unverified }
        begin.finish()
        for await _ in going {}
        return .unverified
      }
    } _: { receiver, log in
      let port = receiver.port
      async let held = RawClient.exchange(port, post(String(repeating: "x", count: 800), to: "/held"))
      for await _ in begun {}
      let half = String(repeating: "y", count: 500)
      let refused = try await RawClient.exchange(port, post(half))
      #expect(refused.statusLine == "HTTP/1.1 503 Service Unavailable")
      let small = try await RawClient.exchange(port, post("z"))
      #expect(small.statusLine == "HTTP/1.1 200 OK")
      go.finish()
      #expect(try await held.statusLine == "HTTP/1.1 200 OK")
      let later = try await RawClient.exchange(port, post(half))
      #expect(later.statusLine == "HTTP/1.1 200 OK")
      #expect(log.deliveries.map(\.request.body.count) == [1, 800, 500])
    }
  }

  @Test("bodies that never end take no more memory together than allowed, whoever sends them")
  func unfinishedBodies() async throws {
    try await Receiver.with {
      $0.maximumBodyBytes = 1000
      $0.maximumBytesUnderWay = 10_000
    } _: { receiver, log in
      let port = receiver.port
      let statusLines = try await blocking {
        let connections = try (0..<64).map { _ in try RawConnection(port: port) }
        let head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        for connection in connections {
          connection.send(head + "3e8\r\n" + String(repeating: "x", count: 1000) + "\r\n")
        }
        // Ten are held, and say nothing.
        let refused = try RawConnection.readable(connections, atLeast: 54)
        for (index, connection) in connections.enumerated() where !refused.contains(index) {
          connection.send("0\r\n\r\n")
        }
        return try connections.map { String(decoding: try $0.rest(), as: UTF8.self).statusLine }
      }
      #expect(statusLines.filter { $0 == "HTTP/1.1 503 Service Unavailable" }.count == 54)
      #expect(statusLines.filter { $0 == "HTTP/1.1 200 OK" }.count == 10)
      #expect(log.deliveries.count == 10)
      // All of it is free again, also what senders held that went away.
      let whole = String(repeating: "y", count: 1000)
      for _ in 1...20 {
        try await blocking {
          _ = try RawConnection(port: port).send("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\nzzz")
        }
        let later = try await RawClient.exchange(port, post(whole))
        #expect(later.statusLine == "HTTP/1.1 200 OK")
      }
    }
  }

  @Test("a sender that reads only when it has sent everything still reads why it was refused")
  func refusedWhileSending() async throws {
    try await Receiver.with { receiver, _ in
      let answer = try await RawClient.exchange(receiver.port, post(String(repeating: "x", count: 16 << 20)))
      #expect(answer.statusLine == "HTTP/1.1 413 Payload Too Large")
    }
  }

  @Test("slow senders are timed out: before, in and after the head")
  func slow() async throws {
    try await Receiver.with {
      $0.headTimeout = .milliseconds(50)
    } _: { receiver, log in
      let silent = try await RawClient.exchange(receiver.port, "")
      #expect(silent.isEmpty)
      let inHead = try await RawClient.exchange(receiver.port, "POST / HTTP/1.1\r\nHost:")
      #expect(inHead.isEmpty)
      #expect(log.deliveries.isEmpty)
    }
    // What sends a head is given time for it.
    try await Receiver.with {
      $0.bodyTimeout = .milliseconds(50)
      $0.idleTimeout = .milliseconds(50)
    } _: { receiver, log in
      let half = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx"
      let inBody = try await RawClient.exchange(receiver.port, half)
      #expect(inBody.statusLine == "HTTP/1.1 408 Request Timeout")
      #expect(log.deliveries.isEmpty)
      let kept = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
      let late = try await RawClient.exchange(receiver.port, kept)
      #expect(late.statusLine == "HTTP/1.1 200 OK")
    }
  }

  @Test("100-continue is answered before the body")
  func expect() async throws {
    try await Receiver.with { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, post("abc", headers: ["Expect: 100-continue"]))
      #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
      #expect(log.deliveries[0].request.body == Array("abc".utf8))
    }
  }

  @Test("HEAD gets no body, GET and others are kept as what they are")
  func methods() async throws {
    try await Receiver.with(secret: "whsec_test") { receiver, log in
      let head = try await RawClient.exchange(
        receiver.port, "HEAD / HTTP/1.1\r\nHost: a\r\nX-Mittr-Event-ID: a\r\nConnection: close\r\n\r\n")
      #expect(head.statusLine == "HTTP/1.1 401 Unauthorized")
      // The head alone, with the length that the body of a GET would have.
      #expect(head.components(separatedBy: "\r\n\r\n") == [head.components(separatedBy: "\r\n\r\n")[0], ""])
      #expect(head.contains("Content-Length: 18\r\n"))
      let get = try await RawClient.exchange(receiver.port, "GET /x HTTP/1.0\r\nX-Mittr-Event-ID: a\r\n\r\n")
      #expect(get.statusLine == "HTTP/1.1 401 Unauthorized")
      #expect(log.deliveries.map(\.request.method) == ["HEAD", "GET"])
    }
  }

  @Test("who has said all still gets the answer")
  func halfClosed() async throws {
    try await Receiver.with { receiver, _ in
      let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
      let answer = try await RawClient.exchange(receiver.port, request, closesOutput: true)
      #expect(answer.statusLine == "HTTP/1.1 200 OK")
    }
  }

  /// Holds a connection until it is timed out; it may be the one too many at first.
  private func hold(_ port: Int) async throws {
    let half = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx"
    while try await RawClient.exchange(port, half).statusLine != "HTTP/1.1 408 Request Timeout" {}
  }

  @Test("no more connections than allowed are served")
  func connections() async throws {
    try await Receiver.with {
      $0.maximumConnections = 1
      $0.bodyTimeout = .seconds(2)
    } _: { receiver, _ in
      async let held: Void = hold(receiver.port)
      var refused = false
      for _ in 1...10_000 where !refused { refused = try await RawClient.exchange(receiver.port, post("x")).isEmpty }
      #expect(refused)
      try await held
      // The receiver learns of an end a moment after its peer.
      var isServed = false
      for _ in 1...1000 where !isServed {
        isServed = try await RawClient.exchange(receiver.port, post("x")).statusLine == "HTTP/1.1 200 OK"
      }
      #expect(isServed)
    }
  }
}
