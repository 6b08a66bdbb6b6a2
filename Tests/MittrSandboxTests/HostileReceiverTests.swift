import MittrSandbox
import OrderedJSON
import TestSupport
import Testing

@Suite("What a receiver of deliveries answers that is no answer", .timeLimit(.minutes(5)))
struct HostileReceiverTests {
  @Test("every status from 000 to 999, and whatever else, is an attempt that is noted, and the sandbox goes on")
  func answers() async throws {
    let server = try SocketServer { connection in
      guard let head = connection.readHead(), let number = Int(head.split(separator: "_")[1].prefix(4)) else { return }
      connection.write(number < 1000 ? HostileAnswers.status(number) : HostileAnswers.others[number - 1000].bytes)
      connection.finish()
    }
    try await Sandbox.with(configuration { $0.fixedClock = 1_706_123_456_789 }) { sandbox in
      let client = Client(sandbox)
      var ids: [String] = []
      for number in 0..<(1000 + HostileAnswers.others.count) {
        let digits = String(String(10_000 + number).dropFirst())
        let body = #"{"destination": "\#(server.url)/n_\#(digits)", "payload": {}}"#
        ids.append(try await client.send(body, key: "k\(number)").json.id)
      }
      await sandbox.settle()
      for (number, id) in ids.enumerated() {
        let event = try await client.event(id)
        #expect(event["attempts"]?.intValue == 1, "\(number): \(event)")
        guard number < 1000 else { continue }
        #expect(event.status == (200..<300 ~= number ? "delivered" : "failed"), "\(number): \(event)")
        let expected = number < 200 ? "no answer from" : "the receiver answered \(number)"
        #expect(200..<300 ~= number || event["lastError"]?.stringValue?.hasPrefix(expected) == true, "\(event)")
      }
    }
  }
}
