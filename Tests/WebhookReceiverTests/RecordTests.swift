import Foundation
import MittrWebhooks
import Synchronization
import TestSupport
import Testing
import WebhookReceiver

@Suite("What is kept of a delivery and its answer", .timeLimit(.minutes(1)))
struct RecordTests {
  @Test("its port, its attempt by a header or by counting, and how long the answer took")
  func facts() async throws {
    let time = Mutex(Duration.zero)
    let uptime: @Sendable () -> Duration = { time.withLock { $0 } }
    try await Receiver.with {
      $0.uptime = uptime
      $0.diagnose = { _ in
        time.withLock { $0 += .milliseconds(250) }
        return .unverified
      }
    } _: { receiver, log in
      for headers in [
        ["X-Mittr-Event-ID: a"], ["X-Mittr-Event-ID: a"], ["X-Mittr-Event-ID: b", "X-Mittr-Attempt: 7"], [],
        ["X-Mittr-Event-ID: a", "X-Mittr-Attempt: x"],
      ] { _ = try await RawClient.exchange(receiver.port, post("x", headers: headers)) }
      #expect(log.deliveries.map(\.attempt) == [1, 2, 7, nil, 3])
      #expect(log.deliveries.allSatisfy { $0.port == receiver.port && $0.duration == .milliseconds(250) })
      #expect(log.deliveries.allSatisfy { $0.status == 200 && $0.response.body == Array("ok\n".utf8) })
    }
  }

  @Test("of a long answer 64 KiB, which is told; the sender gets all of it")
  func longAnswer() async throws {
    let body = String(repeating: "x", count: 100_000)
    try await Receiver.with {
      $0.answer = .status(200, body: body)
    } _: { receiver, log in
      let answer = try await RawClient.exchange(receiver.port, post("x"))
      #expect(answer.hasSuffix("\r\n\r\n" + body))
      #expect(log.deliveries[0].response.body.count == 65_536)
      #expect(log.deliveries[0].isResponseCut)
    }
  }

  @Test("what is invalid alone gets the status asked for it, and is not passed on")
  func invalid() async throws {
    try await Receiver.with(secret: "whsec_test") {
      $0.invalidStatus = 418
    } _: { inner, innerLog in
      #expect(try await RawClient.exchange(inner.port, signed("{}")).hasPrefix("HTTP/1.1 200 "))
      #expect(try await RawClient.exchange(inner.port, post("{}")).hasPrefix("HTTP/1.1 418 "))
      let target = try #require(ForwardTarget(inner.url))
      try await Receiver.with(secret: "whsec_test") {
        $0.answer = .forward(target)
        $0.invalidStatus = 422
      } _: { receiver, _ in
        let refused = try await RawClient.exchange(receiver.port, post("{}"))
        #expect(refused.hasPrefix("HTTP/1.1 422 "))
        #expect(innerLog.deliveries.count == 2)
        let taken = try await RawClient.exchange(receiver.port, signed("{}"))
        #expect(taken.hasPrefix("HTTP/1.1 200 "))
        #expect(innerLog.deliveries.count == 3)
      }
    }
  }

  @Test("2,000 deliveries at once are all answered, and the newest 1,000 kept")
  func burst() async throws {
    try await Receiver.with { receiver, log in
      let port = receiver.port
      let answers = try await blocking {
        let connections = try (0..<50).map { _ in try RawConnection(port: port) }
        for (index, connection) in connections.enumerated() {
          for number in 0..<40 {
            let body = "\(index) \(number)"
            connection.send(number == 39 ? post(body) : post(body).replacing("Connection: close\r\n", with: ""))
          }
        }
        return try connections.reduce(0) { count, connection in
          let text = String(decoding: try connection.rest(), as: UTF8.self)
          return count + text.components(separatedBy: "HTTP/1.1 200 OK").count - 1
        }
      }
      #expect(answers == 2000)
      #expect(log.deliveries.map(\.number) == Array(1001...2000))
    }
  }
}
