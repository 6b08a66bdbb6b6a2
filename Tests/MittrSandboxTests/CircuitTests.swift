import MittrSandbox
import OrderedJSON
import Testing

@Suite("The circuit breaker")
struct CircuitTests {
  private func send(_ client: Client, _ number: Int) async throws -> String {
    try await client.send(#"{"eventType": "a", "payload": {"n": \#(number)}}"#, key: "\(number)").json.id
  }

  @Test("a circuit opens after so many failures in a row; then events wait and none is attempted")
  func opens() async throws {
    try await Receiver.with(500, 200, 500) { receiver in
      try await Sandbox.with(configuration { $0.fixedClock = 0 }) { sandbox in
        let client = Client(sandbox)
        let endpoint = try await client.endpoint(#"{"url": "\#(receiver.url)", "circuitThreshold": 2}"#)
        for (number, state) in [(1, "closed"), (2, "closed"), (3, "closed"), (4, "open")] {
          _ = try await send(client, number)
          await sandbox.settle()
          #expect(
            try await client.get("/api/v1/endpoints/\(endpoint)").json["circuitState"]?.stringValue == state)
        }
        let waiting = try await send(client, 5)
        await sandbox.settle()
        #expect(try await client.event(waiting).status == "pending")
        #expect(receiver.deliveries.count == 4)
      }
    }
  }

  @Test("enabling an endpoint closes its circuit, and what waited is delivered")
  func enable() async throws {
    try await Receiver.with(500, 200) { receiver in
      try await Sandbox.with(configuration { $0.fixedClock = 0 }) { sandbox in
        let client = Client(sandbox)
        let endpoint = try await client.endpoint(#"{"url": "\#(receiver.url)", "circuitThreshold": 1}"#)
        _ = try await send(client, 1)
        await sandbox.settle()
        let waiting = try await send(client, 2)
        await sandbox.settle()
        #expect(try await client.event(waiting).status == "pending")
        let answer = try await client.patch("/api/v1/endpoints/\(endpoint)", #"{"enabled": true}"#)
        #expect(answer.json["circuitState"] == "closed")
        await sandbox.settle()
        #expect(try await client.event(waiting).status == "delivered")
      }
    }
  }

  @Test("after the reset time one event is tried: while it fails the others wait, once it succeeds all go out")
  func recovers() async throws {
    try await Receiver.with(500, 500, 500, 200) { receiver in
      // Retries of the single events lie far ahead, so that only the circuit's time decides.
      try await Sandbox.with(configuration()) { sandbox in
        let client = Client(sandbox)
        let endpoint = try await client.endpoint(
          #"{"url": "\#(receiver.url)", "circuitThreshold": 1, "circuitResetMs": 20, "retryBackoffMs": 86400000}"#)
        var ids: [String] = []
        for number in 1...8 {
          ids.append(try await send(client, number))
          if number == 1 { await sandbox.settle() }
        }
        // Each failed try takes one event out of the queue; the fourth succeeds and lets the other four out.
        for id in ids.dropFirst(3) { _ = try await client.eventually(id, "delivered", sandbox) }
        for id in ids.prefix(3) { #expect(try await client.event(id).status == "failed") }
        #expect(receiver.deliveries.count == 8)
        #expect(try await client.get("/api/v1/endpoints/\(endpoint)").json["circuitState"] == "closed")
      }
    }
  }
}
