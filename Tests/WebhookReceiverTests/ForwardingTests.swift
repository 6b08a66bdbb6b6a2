import MittrWebhooks
import TestSupport
import Testing
import WebhookReceiver

@Suite("Forwarding", .timeLimit(.minutes(1)))
struct ForwardingTests {
  @Test("exact bytes and end-to-end headers go on, and the real answer comes back")
  func forwarded() async throws {
    try await Receiver.with(secret: "whsec_test") { inner, innerLog in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, log in
        let extra = ["Connection: close, X-Private", "X-Private: 1", "X-Kept: a", "X-Kept: b", "Keep-Alive: 1"]
        let answer = try await RawClient.exchange(receiver.port, signed("{ \"a\":1}\n", headers: extra))
        #expect(answer.statusLine == "HTTP/1.1 200 OK")
        #expect(answer.hasSuffix("\r\n\r\nok\n"))
        let request = try #require(innerLog.deliveries.first?.request)
        #expect(request.body == Array("{ \"a\":1}\n".utf8))
        #expect(request.target == "/hook")
        #expect(request.headers.filter { $0.name == "X-Kept" }.map(\.value) == ["a", "b"])
        #expect(request.header("X-Private") == nil)
        #expect(request.header("Keep-Alive") == nil)
        #expect(innerLog.deliveries[0].diagnosis?.valid == true)
        let refused = try await RawClient.exchange(receiver.port, signed("{}").dropLast(2) + "[]")
        #expect(refused.statusLine == "HTTP/1.1 401 Unauthorized")
        #expect(log.deliveries.map(\.status) == [200, 401])
      }
    }
  }

  @Test("an answer to HEAD ends with its head, so that the next one on the connection is read as it is")
  func head() async throws {
    try await Receiver.with { inner, _ in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, _ in
        let head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
        let answer = try await RawClient.exchange(receiver.port, head + post("x"))
        let parts = answer.split(separator: "\r\n\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(parts.count == 3)
        #expect(parts.dropLast().allSatisfy { $0.statusLine == "HTTP/1.1 200 OK" }, "\(answer)")
        #expect(parts.last == "ok\n")
      }
    }
  }

  @Test("where nobody answers it says 502, and the delivery says why")
  func nobody() async throws {
    let port = try ReservedPort()
    let target = try #require(ForwardTarget("http://127.0.0.1:\(port.number)/x"))
    try await Receiver.with {
      $0.answer = .forward(target)
    } _: { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, post("x"))
      #expect(answer.statusLine == "HTTP/1.1 502 Bad Gateway")
      #expect(log.deliveries[0].remark?.contains("http://127.0.0.1:\(port.number)/x") == true)
    }
  }

  @Test("one that takes too long is 504")
  func late() async throws {
    // The inner one is not answered while it waits for a body that never comes.
    try await Receiver.with {
      $0.diagnose = { _ in
        try? await Task.sleep(for: .seconds(60))
        return .unverified
      }
    } _: { inner, _ in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
        $0.forwardTimeout = .milliseconds(50)
      } _: { receiver, _ in
        let answer = try await RawClient.exchange(receiver.port, post("x"))
        #expect(answer.statusLine == "HTTP/1.1 504 Gateway Timeout")
      }
    }
  }

  @Test("a loop is refused: at once when it is plain, else when a request comes back")
  func loops() async throws {
    let port = try freePort()
    var configuration = ReceiverConfiguration(now: { 0 })
    configuration.port = port
    configuration.answer = .forward(try #require(ForwardTarget("http://localhost:\(port)/hook")))
    await #expect(throws: ReceiverError.forwardsToItself) {
      _ = try await Receiver.start(configuration, keepingIn: DeliveryLog())
    }
    // Two receivers that forward to each other.
    let other = try freePort()
    let toOther = try #require(ForwardTarget("http://127.0.0.1:\(other)"))
    try await Receiver.with {
      $0.answer = .forward(toOther)
    } _: { first, _ in
      let back = try #require(ForwardTarget(first.url))
      try await Receiver.with {
        $0.port = other
        $0.answer = .forward(back)
      } _: { _, _ in
        let answer = try await RawClient.exchange(first.port, post("x"))
        #expect(answer.statusLine == "HTTP/1.1 508 Loop Detected")
      }
    }
  }

  private func freePort() throws -> Int {
    let port = try ReservedPort()
    return port.number
  }

  @Test(
    "what is no URL to forward to",
    arguments: [
      "", "127.0.0.1", "ftp://a", "http://", "http://a b", "http://u@h/", "http://a:0", "http://a:x/", "http://a/#f",
      "http://ä",
    ])
  func badTargets(text: String) { #expect(ForwardTarget(text) == nil) }

  @Test("a target in absolute form leads nowhere else")
  func absoluteForm() async throws {
    try await Receiver.with { inner, innerLog in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, log in
        let answer = try await RawClient.exchange(receiver.port, post("x", to: "http://example.invalid/evil?x=1"))
        #expect(answer.statusLine == "HTTP/1.1 200 OK")
        #expect(innerLog.deliveries[0].request.target == "/evil?x=1")
        #expect(log.deliveries[0].request.path == "/evil")
      }
    }
  }
}
