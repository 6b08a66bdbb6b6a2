import TestSupport
import Testing
import WebhookReceiver

@Suite("What a target answers that is no answer", .timeLimit(.minutes(5)))
struct HostileTargetTests {
  @Test("every status from 000 to 999 is passed on or is a 502, and the receiver goes on")
  func statuses() async throws {
    let server = try SocketServer { connection in
      guard let head = connection.readHead(), let number = Int(head.split(separator: "_")[1].prefix(3)) else { return }
      connection.write(HostileAnswers.status(number))
      connection.finish()
    }
    let target = try #require(ForwardTarget(server.url))
    try await Receiver.with {
      $0.answer = .forward(target)
    } _: { receiver, _ in
      for number in 0...999 {
        let digits = String(String(1000 + number).dropFirst())
        let answer = try await RawClient.exchange(receiver.port, post("x", to: "/n_\(digits)"))
        let expected = number < 200 ? "502" : digits
        #expect(answer.statusLine.hasPrefix("HTTP/1.1 \(expected) "), "\(digits): \(answer.statusLine)")
      }
    }
  }

  @Test("whatever else comes, the sender gets an answer")
  func others() async throws {
    for (name, bytes) in HostileAnswers.others {
      let server = try SocketServer { connection in
        guard connection.readHead() != nil else { return }
        connection.write(bytes)
        connection.finish()
      }
      let target = try #require(ForwardTarget(server.url))
      try await Receiver.with {
        $0.answer = .forward(target)
      } _: { receiver, _ in
        let answer = try await RawClient.exchange(receiver.port, post("x"))
        #expect(answer.hasPrefix("HTTP/1.1 "), "\(name): \(answer)")
      }
      withExtendedLifetime(server) {}
    }
  }
}
