import MittrWebhooks
import TestSupport
import Testing
import WebhookReceiver

@Suite("Passing on by type, and what may go wrong there", .timeLimit(.minutes(1)))
struct RoutingTests {
  @Test("the first route that fits counts; where none does it is 404, and told")
  func routes() async throws {
    try await Receiver.with { orders, ordersLog in
      try await Receiver.with { others, othersLog in
        let routes = ["order.*=\(orders.url)/orders", "*.made=\(others.url)/made", "order.x=\(others.url)/x"]
        let table = RouteTable(try routes.map { try #require(RouteTable.Route($0)) })
        try await Receiver.with {
          $0.answer = .routes(table)
          $0.eventType = { $0.header("X-Type") }
        } _: { receiver, log in
          for type in ["order.x", "user.made", "order.made"] {
            let answer = try await RawClient.exchange(receiver.port, post("{}", headers: ["X-Type: \(type)"]))
            #expect(answer.statusLine == "HTTP/1.1 200 OK")
          }
          #expect(ordersLog.deliveries.map(\.request.target) == ["/orders", "/orders"])
          #expect(othersLog.deliveries.map(\.request.target) == ["/made"])
          for headers in [["X-Type: user.gone"], []] {
            let answer = try await RawClient.exchange(receiver.port, post("{}", headers: headers))
            #expect(answer.statusLine == "HTTP/1.1 404 Not Found")
          }
          let problems = log.deliveries.suffix(2).compactMap(\.problem)
          #expect(problems.map(\.code) == ["no-route", "no-route"])
          #expect(problems[0].message == "no route fits the event type user.gone")
        }
      }
    }
  }

  /// Passes one delivery on to a target.
  private func pass(
    to url: String, timeout: Duration = .seconds(20)
  ) async throws -> (answer: String, delivery: ReceivedDelivery) {
    var result: (String, ReceivedDelivery)?
    let target = try #require(ForwardTarget(url))
    try await Receiver.with {
      $0.answer = .forward(target)
      $0.forwardTimeout = timeout
    } _: { receiver, log in
      result = (try await RawClient.exchange(receiver.port, post("{}")), log.deliveries[0])
    }
    return try #require(result)
  }

  @Test("a target that hangs, closes, talks nonsense, or speaks no TLS is told apart")
  func failures() async throws {
    let hanging = try SocketServer { connection in
      _ = connection.readHead()
      // It ends when the other side does.
      _ = connection.readHead()
    }
    let (_, late) = try await pass(to: hanging.url, timeout: .milliseconds(50))
    #expect(late.status == 504 && late.problem?.code == "timeout")
    #expect(late.problem?.message.contains("did not answer within 50 ms") == true)
    let closing = try SocketServer { connection in _ = connection.readHead() }
    let (_, closed) = try await pass(to: closing.url)
    #expect(closed.status == 502 && closed.problem?.code == "closed", "\(String(describing: closed.problem))")
    let garbage = try SocketServer { connection in
      _ = connection.readHead()
      connection.write("not HTTP at all\r\n\r\n")
      connection.finish()
    }
    let (_, nonsense) = try await pass(to: garbage.url)
    #expect(nonsense.status == 502 && nonsense.problem?.code == "bad-response")
    let plain = try SocketServer { connection in
      connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.finish()
    }
    let (_, notTLS) = try await pass(to: "https://127.0.0.1:\(plain.port)")
    #expect(notTLS.status == 502 && notTLS.problem?.code == "not-tls", "\(String(describing: notTLS.problem))")
    // A label of 64 characters is no name, so that no server is asked for it.
    let (_, unknown) = try await pass(to: "http://\(String(repeating: "a", count: 64)).invalid/")
    #expect(unknown.status == 502 && unknown.problem?.code == "no-such-host")
    withExtendedLifetime((hanging, closing, garbage, plain)) {}
  }

  @Test("a redirect is what the target answers: it is handed on, and not followed")
  func redirect() async throws {
    let other = try SocketServer { _ in }
    let server = try SocketServer { connection in
      _ = connection.readHead()
      connection.write("HTTP/1.1 302 Found\r\nLocation: \(other.url)\r\nContent-Length: 0\r\n\r\n")
      connection.finish()
    }
    let (answer, delivery) = try await pass(to: server.url)
    #expect(answer.statusLine == "HTTP/1.1 302 Found")
    #expect(answer.contains("Location: \(other.url)"))
    #expect(delivery.problem == nil && delivery.response.headers.contains { $0.name == "Location" })
    #expect(other.connectionCount == 0)
  }

  @Test("bound to one address it answers there; one that the machine does not have is told")
  func bound() async throws {
    try await Receiver.with { inner, innerLog in
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with(secret: "whsec_test") {
        $0.host = "127.0.0.1"
        $0.answer = .forward(target)
      } _: { receiver, _ in
        #expect(receiver.url == "http://127.0.0.1:\(receiver.port)")
        for (host, status) in [("127.0.0.1", 200), ("evil.example", 403), ("10.0.0.1", 403)] {
          let answer = try await RawClient.exchange(receiver.port, post("{}", host: host))
          #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
        #expect(innerLog.deliveries.count == 1)
      }
      await #expect(throws: ReceiverError.noSuchAddress) {
        var configuration = ReceiverConfiguration(now: { 0 })
        configuration.host = "192.0.2.1"
        _ = try await Receiver.start(configuration, keepingIn: DeliveryLog())
      }
    }
  }
}
