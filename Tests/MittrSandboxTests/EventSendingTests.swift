import MittrSandbox
import OrderedJSON
import Testing

@Suite("Sending events")
struct EventSendingTests {
  @Test("an event goes to every enabled endpoint that subscribes, one row each; the first is answered with all ids")
  func fanOut() async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      let first = try await client.endpoint(#"{"url": "http://127.0.0.1:1/", "eventTypes": ["order.*"]}"#)
      let second = try await client.endpoint(#"{"url": "http://127.0.0.1:1/", "eventTypes": ["*"], "maxRetries": 9}"#)
      _ = try await client.endpoint(#"{"url": "http://127.0.0.1:1/", "eventTypes": ["invoice.*"]}"#)
      _ = try await client.endpoint(#"{"url": "http://127.0.0.1:1/", "enabled": false}"#)

      let answer = try await client.send(#"{"eventType": "order.created", "payload": {}}"#, key: "a")
      #expect(answer.status == 201)
      let ids = answer.json["fanOut"]?.arrayValue?.compactMap(\.stringValue) ?? []
      #expect(ids == ["evt_000000000000000000000001", "evt_000000000000000000000002"])
      #expect(answer.json.id == ids.first)

      let events = try await client.get("/api/v1/events").items
      #expect(events.map { $0["endpointId"]?.stringValue } == [second, first])
      #expect(events.map { $0["maxAttempts"]?.intValue } == [9, 5])
      #expect(events.allSatisfy { $0.status == "pending" && $0["attempts"]?.intValue == 0 })
    }
  }

  @Test("an event that nobody subscribes to is dead at once and says why")
  func noSubscriber() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).send(#"{"eventType": "order.created", "payload": {}}"#, key: "a")
      #expect(answer.status == 201)
      #expect(answer.json.status == "dead")
      #expect(answer.json["endpointId"] == nil)
      #expect(answer.json["lastError"]?.stringValue == "no enabled endpoint subscribes to 'order.created'")
    }
  }

  @Test("payloads keep key order, number texts and escapes, without white space")
  func payload() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let payload = #"{ "z": 1.10, "a": [12345678901234567890, -0, 1e400], "t": "\u00e9\u0000\/", "é": "🚀" }"#
      let answer = try await client.send(#"{"payload":\#(payload),"eventType":"a"}"#, key: "a")
      let expected = #""payload":{"z":1.10,"a":[12345678901234567890,-0,1e400],"t":"\u00e9\u0000\/","é":"🚀"}"#
      #expect(answer.text.contains(expected))
      #expect(try await client.get("/api/v1/events/\(answer.json.id)").text.contains(expected))
      #expect(try await client.get("/api/v1/events").text.contains(expected))
    }
  }

  @Test("the same idempotency key and body give the first answer again, byte for byte")
  func repeated() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      _ = try await client.endpoint(#"{"url": "http://127.0.0.1:1/"}"#)
      let first = try await client.send(#"{"eventType": "a", "payload": {"n": 1}}"#, key: "k")
      let again = try await client.send(#"{"eventType":"a","payload":{"n":1}}"#, key: "k")
      #expect(again.status == first.status)
      #expect(again.text == first.text)
      #expect(first.header("Idempotent-Replayed") == nil)
      #expect(again.header("Idempotent-Replayed") == "true")
      #expect(try await client.get("/api/v1/events").items.count == 1)
    }
  }

  @Test("the same idempotency key with another body is a CONFLICT")
  func conflict() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      _ = try await client.send(#"{"eventType": "a", "payload": {"n": 1}}"#, key: "k")
      let answer = try await client.send(#"{"eventType": "a", "payload": {"n": 2}}"#, key: "k")
      #expect(answer.status == 409)
      #expect(answer.code == "CONFLICT")
    }
  }

  @Test("64 requests at once under one key make one event")
  func concurrentRepeats() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let texts = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<64 {
          group.addTask { try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "k").text }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(texts.count == 1)
      #expect(try await client.get("/api/v1/events").items.count == 1)
    }
  }

  @Test(
    "every invalid field is named",
    arguments: [
      (#"{}"#, ["eventType", "payload"]),
      (#"{"eventType": "a"}"#, ["payload"]),
      (#"{"payload": {}}"#, ["eventType"]),
      (#"{"eventType": null, "destination": null, "payload": null}"#, ["eventType", "payload"]),
      (#"{"eventType": "a", "payload": []}"#, ["payload"]),
      (#"{"eventType": "", "payload": {}}"#, ["eventType"]),
      (#"{"eventType": "order.*", "payload": {}}"#, ["eventType"]),
      (#"{"eventType": "a\u0000b", "payload": {}}"#, ["eventType"]),
      (#"{"eventType": 1, "payload": {}}"#, ["eventType"]),
      (#"{"destination": "ftp://h/", "payload": {}}"#, ["destination"]),
      (#"{"destination": "http://user:secret@h/", "payload": {}}"#, ["destination"]),
      (#"{"destination": "http:///x", "payload": {}}"#, ["destination"]),
      (#"{"destination": "http://h/\r\nx: y", "payload": {}}"#, ["destination"]),
      (#"{"destination": "http://h:99999/", "payload": {}}"#, ["destination"]),
      (#"{"eventType": "a", "payload": {}, "headers": {"a b": "c"}}"#, ["headers"]),
      (#"{"eventType": "a", "payload": {}, "headers": {"a": "b\nc: d"}}"#, ["headers"]),
      (#"{"eventType": "a", "payload": {}, "headers": {"a": 1}}"#, ["headers"]),
      (#"{"eventType": "a", "payload": {}, "maxAttempts": 0}"#, ["maxAttempts"]),
      (#"{"eventType": "a", "payload": {}, "maxAttempts": "3"}"#, ["maxAttempts"]),
      (#"{"eventType": "a", "payload": {}, "priority": []}"#, ["priority"]),
    ])
  func invalid(body: String, fields: [String]) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).send(body, key: "k")
      #expect(answer.status == 400)
      #expect(answer.code == "BAD_REQUEST")
      #expect(answer.fields == fields)
    }
  }

  @Test("the idempotency key is required and bounded", arguments: [nil, "", String(repeating: "k", count: 256)])
  func invalidKey(key: String?) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let headers = key.map { ["X-Idempotency-Key": $0] } ?? [:]
      let answer = try await Client(sandbox).post(
        "/api/v1/events", #"{"eventType": "a", "payload": {}}"#, headers: headers)
      #expect(answer.status == 400)
      #expect(answer.fields == ["X-Idempotency-Key"])
    }
  }

  @Test(
    "maxAttempts is 5 by default and at most 25", arguments: [(nil, 5), (3, 3), (25, 25), (26, 25), (1_000_000, 25)])
  func maxAttempts(given: Int?, expected: Int) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let field = given.map { #", "maxAttempts": \#($0)"# } ?? ""
      let answer = try await Client(sandbox).send(
        #"{"destination": "http://127.0.0.1:1/", "payload": {}\#(field)}"#, key: "k")
      #expect(answer.json["maxAttempts"]?.intValue == expected)
    }
  }

  @Test("once the quota is used up sending answers QUOTA_EXCEEDED, and a repeated request still its event")
  func quota() async throws {
    try await Sandbox.with(configuration { $0.quota = 1 }) { sandbox in
      let client = Client(sandbox)
      #expect(try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "1").status == 201)
      let answer = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "2")
      #expect(answer.status == 402)
      #expect(answer.code == "QUOTA_EXCEEDED")
      #expect(try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "1").status == 201)
    }
  }
}
