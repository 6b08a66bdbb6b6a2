import MittrSandbox
import OrderedJSON
import Testing

@Suite("Replaying events")
struct ReplayTests {
  @Test("a replayed event is pending again, with no attempts, and is counted")
  func replay() async throws {
    try await Sandbox.with(configuration { ($0.seed, $0.delivers) = (.demo, false) }) { sandbox in
      let client = Client(sandbox)
      let dead = try #require(try await client.get("/api/v1/events?status=dead").items.first)
      let answer = try await client.post("/api/v1/events/\(dead.id)/replay", "")
      #expect(answer.status == 200)
      #expect(answer.json.status == "pending")
      #expect(answer.json["attempts"]?.intValue == 0)
      #expect(answer.json["lastError"] == nil)
      #expect(answer.json["payload"] == dead["payload"])
      #expect(answer.json["createdAt"] == dead["createdAt"])
      #expect(try await client.event(dead.id) == answer.json)
      let stats = try await client.get("/_sandbox/stats").json
      #expect(stats["replays"]?.description == #"{"\#(dead.id)":1}"#)
      #expect(stats["requests"]?.intValue == 3)
    }
  }

  @Test("every change moves updatedAt on, even when the clock stands still")
  func updatedAt() async throws {
    try await Sandbox.with(configuration { $0.fixedClock = 1_700_000_000_000 }) { sandbox in
      let client = Client(sandbox)
      let body = #"{"destination": "http://sandbox.localhost/_sandbox/receivers/ok", "payload": {}}"#
      let id = try await client.send(body, key: "k").json.id
      var times: [String] = []
      for _ in 0..<3 {
        await sandbox.settle()
        let delivered = try await client.event(id)
        #expect(delivered.status == "delivered")
        let replayed = try await client.post("/api/v1/events/\(id)/replay", "").json
        times += [delivered, replayed].map { $0["updatedAt"]?.stringValue ?? "" }
      }
      #expect(Set(times).count == 6)
      #expect(times == times.sorted())
    }
  }

  @Test("an event that is pending or processing cannot be replayed", arguments: ["pending", "processing"])
  func invalidState(status: String) async throws {
    try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
      let client = Client(sandbox)
      let event = try #require(try await client.get("/api/v1/events?status=\(status)").items.first)
      let answer = try await client.post("/api/v1/events/\(event.id)/replay", "")
      #expect(answer.status == 409)
      #expect(answer.code == "INVALID_STATE")
      #expect(try await client.get("/_sandbox/stats").json["replays"]?.description == "{}")
    }
  }

  @Test("of 64 replays of one event at once one succeeds; 64 of different events all do")
  func concurrent() async throws {
    try await Sandbox.with(configuration { ($0.seed, $0.delivers) = (.count(200), false) }) { sandbox in
      let client = Client(sandbox)
      let ids = try await client.get("/api/v1/events?status=delivered&limit=65").ids
      let first = try #require(ids.first)
      func replay(_ ids: [String]) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
          for id in ids { group.addTask { try await client.post("/api/v1/events/\(id)/replay", "").status } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
      }
      #expect(try await replay(Array(repeating: first, count: 64)).sorted() == [200] + Array(repeating: 409, count: 63))
      #expect(try await replay(Array(ids.dropFirst())) == Array(repeating: 200, count: 64))
      let replays = try await client.get("/_sandbox/stats").json["replays"]?.objectValue
      #expect(Set(replays?.keys ?? []) == Set(ids))
      #expect(replays?.allSatisfy { $0.value == 1 } == true)
    }
  }

  @Test("an event that does not exist is NOT_FOUND", arguments: ["", "/replay", "/attempts"])
  func notFound(tail: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).call(tail == "/replay" ? "POST" : "GET", "/api/v1/events/evt_none\(tail)")
      #expect(answer.status == 404)
      #expect(answer.code == "NOT_FOUND")
    }
  }
}
