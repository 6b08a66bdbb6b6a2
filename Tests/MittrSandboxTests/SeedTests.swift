import MittrSandbox
import OrderedJSON
import Testing

@Suite("Seeds")
struct SeedTests {
  private static func demo(at time: String) -> SandboxConfiguration {
    configuration { configuration in
      configuration.seed = .demo
      configuration.fixedClock = SandboxConfiguration.unixMilliseconds(iso8601: time)
    }
  }

  @Test("the demo has a healthy, a failing and a disabled endpoint")
  func endpoints() async throws {
    try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
      let endpoints = try await Client(sandbox).get("/api/v1/endpoints").items
      let states = endpoints.map { ($0["enabled"]?.boolValue, $0["circuitState"]?.stringValue) }
      #expect(states.map(\.0) == [false, true, true])
      #expect(states.map(\.1) == ["closed", "open", "closed"])
    }
  }

  @Test("the demo has 60 events of the last day in every status, and recent failed orders worth replaying")
  func events() async throws {
    try await Sandbox.with(Self.demo(at: "2026-01-31T12:00:00Z")) { sandbox in
      let client = Client(sandbox)
      let events = try await client.get("/api/v1/events?limit=100").items
      #expect(events.count == 60)
      #expect(Set(events.map(\.status)) == ["pending", "processing", "delivered", "failed", "dead"])
      #expect(events.allSatisfy { ($0["createdAt"]?.stringValue ?? "") >= "2026-01-30T12" })
      let failed = events.filter { $0.status == "failed" }
      #expect(Set(failed.compactMap { $0["eventType"]?.stringValue }).count >= 2)
      #expect(failed.allSatisfy { $0["lastError"] != nil && ($0["attempts"]?.intValue ?? 0) > 0 })
      let orders = failed.filter { $0["eventType"] == "order.created" }
      #expect(orders.count >= 3)
      let worth = orders.filter {
        ($0["payload"]?["amount"]?.intValue ?? 0) >= 5000 && ($0["createdAt"]?.stringValue ?? "") >= "2026-01-31T10"
      }
      #expect(worth.count >= 3)
      #expect(orders.contains { ($0["payload"]?["amount"]?.intValue ?? 0) < 5000 })
    }
  }

  @Test("contents are the same at any time; only times differ")
  func reproducible() async throws {
    func contents(_ time: String) async throws -> [String] {
      try await Sandbox.with(Self.demo(at: time)) { sandbox in
        try await Client(sandbox).get("/api/v1/events?limit=100").items.map { event in
          var event = event.objectValue ?? JSONObject()
          for name in ["createdAt", "updatedAt", "deliveredAt"] { event[name] = nil }
          return event.description
        }
      }
    }
    #expect(try await contents("2026-01-31T12:00:00Z") == contents("1999-06-01"))
  }

  @Test("seeded events rest: none is delivered by itself, nor after a restart")
  func rest() async throws {
    try await withTemporaryFolder { folder in
      var configuration = Self.demo(at: "2026-01-31")
      configuration.data = "\(folder)/sandbox.db"
      var first = ""
      try await Sandbox.with(configuration) { sandbox in
        first = try await Client(sandbox).get("/api/v1/events?limit=100").text
      }
      configuration.fixedClock = SandboxConfiguration.unixMilliseconds(iso8601: "2027-01-31")
      try await Sandbox.with(configuration) { sandbox in
        await sandbox.settle()
        let second = try await Client(sandbox).get("/api/v1/events?limit=100").text
        #expect(second == first)
        #expect(try await Client(sandbox).get("/_sandbox/stats").json["deliveries"]?["attempts"]?.intValue == 0)
      }
    }
  }

  @Test("any number of events can be generated, always the same ones", arguments: [0, 1, 1000])
  func generated(count: Int) async throws {
    func list() async throws -> Client.Answer {
      try await Sandbox.with(configuration { ($0.seed, $0.fixedClock) = (.count(count), 1_700_000_000_000) }) {
        try await Client($0).get("/api/v1/events?limit=100")
      }
    }
    let first = try await list()
    #expect(first.json["pagination"]?["total"]?.intValue == count)
    #expect(try await list().text == first.text)
    #expect(first.items.allSatisfy { ($0["createdAt"]?.stringValue ?? "") <= "2023-11-14T22:13:20.000Z" })
  }
}
