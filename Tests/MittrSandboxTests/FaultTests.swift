import MittrSandbox
import NIOCore
import OrderedJSON
import Testing

@Suite("Faults on demand", .timeLimit(.minutes(1)))
struct FaultTests {
  /// Runs a sandbox with a plan of faults, and one connection to it.
  private static func with(
    _ plan: String, _ body: (RunningSandbox, LoneConnection) async throws -> Void
  ) async throws {
    let plan = try FaultPlan(plan)
    try await Sandbox.with(configuration { ($0.seed, $0.delivers, $0.faults) = (.demo, false, plan) }) { sandbox in
      try await LoneConnection.with(sandbox.baseURL) { connection in try await body(sandbox, connection) }
    }
  }

  @Test(
    "each fault looks as it should, and the counters tell whether the replay took place",
    arguments: [
      ("reset-before", .reset, 0), ("reset-during", .reset, 0), ("reset-after", .reset, 1), ("half", .closed, 1),
      ("stall-before", .silence, 0), ("stall", .silence, 1), ("slow", .answer(200, isJSON: true), 1),
      ("bad-json", .answer(200, isJSON: false), 1), ("500", .answer(500, isJSON: true), 0),
      ("500-after", .answer(500, isJSON: true), 1), ("503", .answer(503, isJSON: true), 0),
      ("429", .answer(429, isJSON: true), 0), ("429-guard", .answer(429, isJSON: true), 0),
      ("close", .answer(200, isJSON: true), 1),
    ] as [(String, LoneConnection.Sight, Int)])
  func fault(name: String, sight: LoneConnection.Sight, replays: Int) async throws {
    try await Self.with("\(name):1@replays") { sandbox, connection in
      let client = Client(sandbox)
      let event = try #require(try await client.get("/api/v1/events?status=dead").items.first)
      let seen = await connection.send(
        "POST", "/api/v1/events/\(event.id)/replay", within: sight == .silence ? .seconds(2) : .seconds(20))
      #expect(seen == sight)
      let stats = try await client.get("/_sandbox/stats").json
      #expect(stats["replays"]?[event.id]?.intValue ?? 0 == replays)
      #expect(stats["faults"]?.description == #"{"\#(name)":1}"#)
      // Who lost the answer can find out by reading.
      let now = try await client.event(event.id)
      #expect((now.status == "pending") == (replays == 1))
      #expect((now["updatedAt"] != event["updatedAt"]) == (replays == 1))
    }
  }

  @Test("a request with a body is reset before it is processed, too", arguments: ["reset-before", "reset-during"])
  func body(name: String) async throws {
    try await Self.with("\(name):1@writes") { sandbox, connection in
      let payload = String(repeating: "x", count: 500_000)
      let seen = await connection.send(
        "POST", "/api/v1/events", body: #"{"eventType":"a","payload":{"x":"\#(payload)"}}"#)
      // A client that is still writing may see the broken pipe first.
      #expect(seen == .reset || seen == .closed)
      let events = try await Client(sandbox).get("/api/v1/events").json
      #expect(events["pagination"]?["total"]?.intValue == 60)
    }
  }

  @Test(
    "refusals are befallen as other answers are",
    arguments: [("reset-after", .reset), ("half", .closed)] as [(String, LoneConnection.Sight)])
  func refusal(name: String, sight: LoneConnection.Sight) async throws {
    try await Self.with("\(name):1") { _, connection in
      let seen = await connection.send("GET", "/api/v1/events/evt_none")
      #expect(seen == sight)
    }
  }

  @Test("a connection that is kept alive closes on the next request, which is not processed")
  func close() async throws {
    try await Self.with("close:1@reads") { sandbox, connection in
      let path = "/api/v1/events/evt_000000000000000000000002"
      #expect(await connection.send("GET", path) == .answer(200, isJSON: true))
      #expect(await connection.send("POST", "\(path)/replay") == .closed)
      let stats = try await Client(sandbox).get("/_sandbox/stats").json
      #expect(stats["replays"]?.description == "{}")
      // On a new connection all is well.
      #expect(await connection.send("POST", "\(path)/replay") == .answer(200, isJSON: true))
    }
  }

  @Test("Retry-After comes in both of its forms, and not at all where waiting does not help")
  func retryAfter() async throws {
    try await Self.with("429:1@reads,429-guard:1@replays,503:1@writes") { sandbox, _ in
      let client = Client(sandbox)
      var forms: Set<String> = []
      for _ in 0..<32 {
        let answer = try await client.get("/api/v1/events")
        #expect(answer.code == "RATE_LIMITED")
        let wait = try #require(answer.header("Retry-After"))
        forms.insert(wait.hasSuffix(" GMT") ? "date" : wait)
      }
      #expect(forms == ["1", "date"])
      for _ in 0..<3 {
        let answer = try await client.post("/api/v1/events/evt_1/replay", "")
        #expect(answer.status == 429)
        #expect(answer.header("Retry-After") == nil)
      }
      let answer = try await client.send("{}", key: "k")
      #expect(answer.status == 503)
      #expect(answer.header("Retry-After") == "1")
    }
  }

  @Test("nothing befalls what is not the API, and a wrong key stays a wrong key")
  func otherPaths() async throws {
    try await Self.with("reset-during:1") { sandbox, connection in
      var client = Client(sandbox)
      for path in ["/health", "/openapi.json", "/_sandbox/stats"] {
        let answer = try await client.get(path)
        #expect(answer.status == 200)
      }
      client.apiKey = "mtr_wrong"
      let refused = try await client.get("/api/v1/events")
      #expect(refused.status == 401)
      let stats = try await client.get("/_sandbox/stats").json
      #expect(stats["faults"]?.description == #"{"reset-during":0}"#)
      #expect(await connection.send("GET", "/api/v1/events") == .reset)
    }
  }

  @Test("a sandbox with stalled requests stops at once")
  func stop() async throws {
    try await Self.with("stall-before:1") { sandbox, connection in
      async let seen = connection.send("GET", "/api/v1/events")
      while try await Client(sandbox).get("/_sandbox/stats").json["faults"]?["stall-before"]?.intValue == 0 {}
      await sandbox.stop()
      #expect(await seen != .silence)
    }
  }
}
