import MittrSandbox
import OrderedJSON
import Testing

@Suite("Endpoints")
struct EndpointTests {
  @Test("a new endpoint shows its settings, the defaults of the others, and its secret")
  func create() async throws {
    try await Sandbox.with(configuration { $0.fixedClock = 0 }) { sandbox in
      let answer = try await Client(sandbox).post(
        "/api/v1/endpoints", #"{"timeoutMs": 5000, "url": "https://example.com/a?b", "unknown": 1}"#)
      #expect(answer.status == 201)
      #expect(
        answer.text == #"{"id":"00000000-0000-4000-8000-000000000001","url":"https://example.com/a?b","#
          + #""eventTypes":["*"],"maxRetries":5,"retryBackoffMs":1000,"retryBackoffMax":86400000,"#
          + #""retryBackoffMult":2,"timeoutMs":5000,"circuitThreshold":5,"circuitResetMs":60000,"fifo":false,"#
          + #""enabled":true,"circuitState":"closed","secret":"whsec_00000000000000000000000000000001","#
          + #""createdAt":"1970-01-01T00:00:00.000Z","updatedAt":"1970-01-01T00:00:00.000Z"}"#)
      #expect(try await Client(sandbox).get("/api/v1/endpoints/\(answer.json.id)").text == answer.text)
    }
  }

  @Test("the answer to a change that sets a transformation says that it is stored and not run")
  func transformation() async throws {
    try await Sandbox.with { sandbox in
      let client = Client(sandbox)
      let name = "X-Sandbox-Notice"
      let made = try await client.post(
        "/api/v1/endpoints", #"{"url": "http://localhost/", "transformation": "payload => payload"}"#)
      #expect(made.header(name)?.contains("does not run") == true)
      let path = "/api/v1/endpoints/\(made.json.id)"
      #expect(try await client.patch(path, #"{"transformation": "p => p"}"#).header(name) == made.header(name))
      for body in [#"{"transformation": null}"#, #"{"timeoutMs": 5000}"#] {
        #expect(try await client.patch(path, body).header(name) == nil)
      }
      #expect(try await client.get(path).header(name) == nil)
      #expect(try await client.post("/api/v1/endpoints", #"{"url": "http://localhost/"}"#).header(name) == nil)
    }
  }

  @Test("ids are UUIDs and secrets differ unless they are to be counted")
  func randomIdentifiers() async throws {
    try await Sandbox.with { sandbox in
      let client = Client(sandbox)
      var (ids, secrets): (Set<String>, Set<String>) = ([], [])
      for _ in 0..<8 {
        let json = try await client.post("/api/v1/endpoints", #"{"url": "http://localhost/"}"#).json
        let id = json.id.split(separator: "-").map(\.count)
        #expect(id == [8, 4, 4, 4, 12])
        #expect(json["secret"]?.stringValue?.hasPrefix("whsec_") == true)
        ids.insert(json.id)
        secrets.insert(json["secret"]?.stringValue ?? "")
      }
      #expect(ids.count == 8)
      #expect(secrets.count == 8)
      let event = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "k").json.id
      #expect(event.hasPrefix("evt_"))
      #expect(event.utf8.count == 28)
    }
  }

  @Test("only what is given is changed, and null restores a default")
  func update() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let id = try await client.endpoint(
        #"{"url": "http://localhost/a", "timeoutMs": 5000, "filter": [], "description": "x"}"#)
      let path = "/api/v1/endpoints/\(id)"
      let answer = try await client.patch(path, #"{"timeoutMs": null, "filter": null, "maxRetries": 7, "id": "x"}"#)
      #expect(answer.status == 200)
      #expect(answer.json["timeoutMs"]?.intValue == 30_000)
      #expect(answer.json["maxRetries"]?.intValue == 7)
      #expect(answer.json["filter"] == nil)
      #expect(answer.json["description"] == "x")
      #expect(answer.json["url"] == "http://localhost/a")
      #expect(answer.json.id == id)
      #expect(try await client.patch(path, answer.text).json["maxRetries"]?.intValue == 7)
    }
  }

  @Test("an endpoint can be deleted once; its events stay")
  func delete() async throws {
    try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
      let client = Client(sandbox)
      let path = "/api/v1/endpoints/00000000-0000-4000-8000-000000000001"
      let answer = try await client.call("DELETE", path)
      #expect(answer.status == 204)
      #expect(answer.text.isEmpty)
      for method in ["DELETE", "GET", "PATCH"] {
        let again = try await client.call(method, path, body: Array("{}".utf8))
        #expect(again.status == 404)
        #expect(again.code == "NOT_FOUND")
      }
      #expect(try await client.get("/api/v1/endpoints").items.count == 2)
      #expect(try await client.get("/api/v1/events?limit=100").items.count == 60)
      // The number of a deleted row is not given again.
      #expect(try await client.endpoint(#"{"url": "http://localhost/"}"#).hasSuffix("4"))
    }
  }

  @Test("endpoints are paged like events")
  func list() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      for _ in 0..<5 { _ = try await client.endpoint(#"{"url": "http://localhost/"}"#) }
      let first = try await client.get("/api/v1/endpoints?limit=3")
      let cursor = try #require(first.cursor)
      let second = try await client.get("/api/v1/endpoints?limit=3&cursor=\(cursor)")
      #expect((first.ids + second.ids).map { $0.suffix(1) } == ["5", "4", "3", "2", "1"])
      #expect(second.cursor == nil)
      #expect(try await client.get("/api/v1/endpoints?cursor=x").fields == ["cursor"])
    }
  }

  @Test(
    "every invalid setting is named",
    arguments: [
      (#"{}"#, ["url"]),
      (#"{"url": "example.com"}"#, ["url"]),
      (#"{"url": null}"#, ["url"]),
      (#"{"url": "http://h/", "eventTypes": []}"#, ["eventTypes"]),
      (#"{"url": "http://h/", "eventTypes": ["a b"]}"#, ["eventTypes"]),
      (#"{"url": "http://h/", "eventTypes": "order.*"}"#, ["eventTypes"]),
      (#"{"url": "http://h/", "filter": {"field": "$.a", "operator": "like", "value": 1}}"#, ["filter"]),
      (#"{"url": "http://h/", "maxRetries": 0, "timeoutMs": 1.5}"#, ["maxRetries", "timeoutMs"]),
      (#"{"url": "http://h/", "retryBackoffMult": 0.5, "fifo": "yes"}"#, ["retryBackoffMult", "fifo"]),
      (#"{"url": "http://h/", "enabled": 1, "secret": ""}"#, ["enabled", "secret"]),
    ])
  func invalid(body: String, fields: [String]) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).post("/api/v1/endpoints", body)
      #expect(answer.status == 400)
      #expect(answer.fields == fields)
    }
  }
}
