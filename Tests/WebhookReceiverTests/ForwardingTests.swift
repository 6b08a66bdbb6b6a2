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
        let head = "HEAD / HTTP/1.1\r\nHost: localhost\r\nX-Mittr-Event-ID: a\r\n\r\n"
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
      let problem = try #require(log.deliveries[0].problem)
      #expect(problem.code == "refused")
      #expect(problem.message.contains("127.0.0.1:\(port.number)"))
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
      } _: { receiver, log in
        let answer = try await RawClient.exchange(receiver.port, post("x"))
        #expect(answer.statusLine == "HTTP/1.1 504 Gateway Timeout")
        #expect(log.deliveries[0].problem?.code == "timeout")
      }
    }
  }

  @Test("a burst waits for its turn: all arrive, however few are passed on at a time")
  func burst() async throws {
    let count = 60
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let (going, go) = AsyncStream.makeStream(of: Void.self)
    try await Receiver.with {
      $0.diagnose = { _ in
        begin.yield()
        for await _ in going {}
        return .unverified
      }
    } _: { inner, innerLog in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, log in
        let port = receiver.port
        let answers = Task {
          try await blocking {
            let connections = try (0..<count).map { _ in try RawConnection(port: port) }
            for (index, connection) in connections.enumerated() { connection.send(post("\(index)")) }
            return try connections.map { String(decoding: try $0.rest(), as: UTF8.self).statusLine }
          }
        }
        // As many as are passed on at a time have arrived; none of them is answered before.
        var arrived = 0
        for await _ in begun {
          arrived += 1
          if arrived == 16 { break }
        }
        #expect(innerLog.deliveries.isEmpty)
        go.finish()
        let statusLines = try await answers.value
        #expect(statusLines == Array(repeating: "HTTP/1.1 200 OK", count: count))
        #expect(log.deliveries.map(\.problem) == Array(repeating: nil, count: count))
        let bodies = Set(innerLog.deliveries.map { String(decoding: $0.request.body, as: UTF8.self) })
        #expect(bodies == Set((0..<count).map(String.init)))
      }
    }
  }

  @Test("what still waits for its turn is given up when the receiver stops")
  func stopping() async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    try await Receiver.with {
      $0.diagnose = { _ in
        begin.yield()
        try? await Task.sleep(for: .seconds(60))
        return .unverified
      }
    } _: { inner, _ in
      let target = try #require(ForwardTarget(inner.url))
      var configuration = ReceiverConfiguration(now: { 0 })
      configuration.answer = .forward(target)
      let receiver = try await Receiver.start(configuration, keepingIn: DeliveryLog())
      let port = receiver.port
      let answers = Task {
        try await blocking {
          let connections = try (0..<40).map { _ in try RawConnection(port: port) }
          for connection in connections { connection.send(post("x")) }
          return try connections.map { try $0.rest().count }
        }
      }
      for await _ in begun { break }
      await receiver.stop()
      let ended = try await answers.value
      #expect(ended.count == 40)
    }
  }

  @Test(
    "what is for another host, or from its web page, is passed on only when it is signed",
    arguments: [
      ("localhost", nil, true), ("LOCALHOST.", nil, true), ("localhost:4000", nil, true), ("127.0.0.1", nil, true),
      ("[::1]:1", nil, true), ("app.localhost", nil, true), ("localhost", "http://127.0.0.1:3000", true),
      ("evil.example", nil, false), ("localhost.evil.example", nil, false), ("127.0.0.1.evil.example", nil, false),
      ("localhost@evil.example", nil, false), ("evil.example:4000", nil, false), ("10.0.0.1", nil, false),
      ("", nil, false), ("localhost", "https://evil.example", false), ("localhost", "null", false),
    ])
  func foreignHosts(host: String, origin: String?, isPassedOn: Bool) async throws {
    try await Receiver.with { inner, innerLog in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with(secret: "whsec_test") {
        $0.answer = .forward(target)
      } _: { receiver, log in
        let headers = origin.map { ["Origin: \($0)"] } ?? []
        let plain = try await RawClient.exchange(receiver.port, post("{}", host: host, headers: headers))
        #expect(plain.statusLine == (isPassedOn ? "HTTP/1.1 200 OK" : "HTTP/1.1 403 Forbidden"))
        #expect(innerLog.deliveries.count == (isPassedOn ? 1 : 0))
        #expect((log.deliveries[0].problem == nil) == isPassedOn)
        let signature = try await RawClient.exchange(receiver.port, signed("{}", host: host, headers: headers))
        #expect(signature.statusLine == "HTTP/1.1 200 OK")
        let forged = try await RawClient.exchange(
          receiver.port, signed("{}", secret: "whsec_other", host: host, headers: headers))
        #expect(forged.statusLine == plain.statusLine)
      }
    }
  }

  @Test("the answer to a HEAD that is passed on is a head alone")
  func headAlone() async throws {
    try await Receiver.with { inner, _ in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, _ in
        let request = "HEAD / HTTP/1.1\r\nHost: localhost\r\nX-Mittr-Event-ID: a\r\n\r\n"
        let answer = try await RawClient.exchange(
          receiver.port, request + request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
        let heads = answer.split(separator: "\r\n\r\n", omittingEmptySubsequences: true)
        #expect(heads.count == 2)
        for head in heads {
          #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
          #expect(head.contains("ontent-Length: 3"))
        }
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
        let foreign = try await RawClient.exchange(receiver.port, post("x", to: "http://example.invalid/evil?x=1"))
        #expect(foreign.statusLine == "HTTP/1.1 403 Forbidden")
        #expect(innerLog.deliveries.isEmpty)
        let answer = try await RawClient.exchange(receiver.port, post("x", to: "http://localhost:9/evil?x=1"))
        #expect(answer.statusLine == "HTTP/1.1 200 OK")
        #expect(innerLog.deliveries[0].request.target == "/evil?x=1")
        #expect(log.deliveries[1].request.path == "/evil")
      }
    }
  }
}
