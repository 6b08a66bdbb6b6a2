import MittrSandbox
import OrderedJSON
import Testing

@Suite("Listing events")
struct EventListTests {
  @Test("pages follow one another newest first, skip nothing and repeat nothing, while events come in")
  func pagination() async throws {
    try await Sandbox.with(configuration { $0.seed = .count(257) }) { sandbox in
      let client = Client(sandbox)
      var seen: [String] = []
      var cursor: String?
      repeat {
        let page = try await client.get("/api/v1/events?limit=10" + (cursor.map { "&cursor=\($0)" } ?? ""))
        #expect(page.json["pagination"]?["hasMore"] == .bool(page.cursor != nil))
        #expect((page.json["pagination"]?["total"]?.intValue == 257) == (cursor == nil))
        seen += page.ids
        cursor = page.cursor
        _ = try await client.send(#"{"eventType": "late", "payload": {}}"#, key: "late-\(seen.count)")
      } while cursor != nil
      let expected = (1...257).reversed().map { number in
        "evt_" + String(repeating: "0", count: 24 - "\(number)".count) + "\(number)"
      }
      #expect(seen == expected)
    }
  }

  @Test("events of one millisecond keep their order across pages")
  func sameTime() async throws {
    try await Sandbox.with(configuration { $0.fixedClock = 1_700_000_000_000 }) { sandbox in
      let client = Client(sandbox)
      for number in 1...7 { _ = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "\(number)") }
      var seen: [String] = []
      var path = "/api/v1/events?limit=2"
      while true {
        let page = try await client.get(path)
        seen += page.ids.map { String($0.suffix(1)) }
        guard let cursor = page.cursor else { break }
        path = "/api/v1/events?limit=2&cursor=\(cursor)"
      }
      #expect(seen == ["7", "6", "5", "4", "3", "2", "1"])
    }
  }

  @Test(
    "a page has 50 events by default and at most 100", arguments: [("", 50), ("?limit=7", 7), ("?limit=1000", 100)])
  func limits(query: String, expected: Int) async throws {
    try await Sandbox.with(configuration { $0.seed = .count(150) }) { sandbox in
      let items = try await Client(sandbox).get("/api/v1/events" + query).items
      #expect(items.count == expected)
    }
  }

  @Test("an exact last page says that no more follow")
  func exactPage() async throws {
    try await Sandbox.with(configuration { $0.seed = .count(4) }) { sandbox in
      let page = try await Client(sandbox).get("/api/v1/events?limit=4")
      #expect(page.json["pagination"]?.description == #"{"hasMore":false,"cursor":null,"total":4}"#)
    }
  }

  @Test(
    "bad parameters are named",
    arguments: [
      ("limit=0", "limit"), ("limit=-1", "limit"), ("limit=ten", "limit"), ("limit=99999999999999999999", "limit"),
      ("status=lost", "status"), ("cursor=c_1", "cursor"), ("cursor=c_%00_1", "cursor"), ("cursor=c_1_-1x", "cursor"),
      ("cursor=c_zzzzzzzzzzzzzzzz_1", "cursor"), ("cursor=c_01_1", "cursor"), ("since=yesterday", "since"),
      ("since=2026-01-31T08:00", "since"), ("until=2026-02-30", "until"),
    ])
  func badParameters(query: String, field: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).get("/api/v1/events?\(query)")
      #expect(answer.status == 400)
      #expect(answer.code == "BAD_REQUEST")
      #expect(answer.fields == [field])
    }
  }

  @Test(
    "lists are filtered by status, type, endpoint and time, alone and together",
    arguments: [
      "status=failed", "status=dead&eventType=order.*", "eventType=order.created", "eventType=*.created",
      "eventType=*", "eventType=payment.*&status=failed", "endpointId=00000000-0000-4000-8000-000000000002",
      "since=2026-01-31T10:00:00Z", "until=2026-01-31T10:00:00%2B02:00", "since=2026-01-31&until=2026-01-31T11:59:00Z",
      "endpointId=none", "eventType=order.%5Bcx%5D*", "status=&limit=100",
    ])
  func filters(query: String) async throws {
    let now = SandboxConfiguration.unixMilliseconds(iso8601: "2026-01-31T12:00:00Z")
    try await Sandbox.with(configuration { ($0.seed, $0.fixedClock) = (.demo, now) }) { sandbox in
      let client = Client(sandbox)
      let all = try await client.get("/api/v1/events?limit=100").items
      #expect(all.count == 60)
      var (status, type, endpoint, since, until): (String?, String?, String?, String?, String?)
      for pair in query.split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts[1]) {
        case ("status", let value): status = value.isEmpty ? nil : value
        case ("eventType", let value): type = value
        case ("endpointId", let value): endpoint = value
        case ("since", let value): since = value
        case ("until", let value): until = value == "2026-01-31T10:00:00%2B02:00" ? "2026-01-31T08:00:00Z" : value
        default: break
        }
      }
      let expected = all.filter { event in
        let createdAt = event["createdAt"]?.stringValue ?? ""
        let eventType = event["eventType"]?.stringValue ?? ""
        return (status.map { event.status == $0 } ?? true)
          && (type.map { Self.matches(eventType, $0) } ?? true)
          && (endpoint.map { event["endpointId"]?.stringValue == $0 } ?? true)
          && (since.map { createdAt >= $0 } ?? true) && (until.map { createdAt < $0 } ?? true)
      }
      let answer = try await client.get("/api/v1/events?limit=100&\(query)")
      #expect(answer.ids == expected.map(\.id))
      #expect(answer.json["pagination"]?["total"]?.intValue == expected.count)
    }
  }

  /// The patterns of the test above, each by its own rule.
  private static func matches(_ eventType: String, _ pattern: String) -> Bool {
    switch pattern {
    case "*": true
    case "*.created": eventType.hasSuffix(".created")
    case _ where pattern.hasSuffix(".*"): eventType.hasPrefix(pattern.dropLast())
    default: eventType == pattern
    }
  }

  @Test("a list that is filtered by status stays correct while its events change their status")
  func changingStatus() async throws {
    try await Sandbox.with(configuration { ($0.seed, $0.delivers) = (.demo, false) }) { sandbox in
      let client = Client(sandbox)
      let failed = try await client.get("/api/v1/events?status=failed&limit=100").ids
      var replayed: [String] = []
      var path = "/api/v1/events?status=failed&limit=4"
      while true {
        let page = try await client.get(path)
        for id in page.ids {
          #expect(try await client.post("/api/v1/events/\(id)/replay", "").status == 200)
          replayed.append(id)
        }
        guard let cursor = page.cursor else { break }
        path = "/api/v1/events?status=failed&limit=4&cursor=\(cursor)"
      }
      #expect(replayed == failed)
      #expect(try await client.get("/api/v1/events?status=failed").items.isEmpty)
    }
  }
}
