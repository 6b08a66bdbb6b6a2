import MittrSandbox
import OrderedJSON
import Testing

@Suite("The server")
struct ServerTests {
  @Test("a rate limit refuses with RATE_LIMITED, and its headers are on every answer of the API")
  func rateLimit() async throws {
    try await Sandbox.with(configuration { ($0.rateLimit, $0.fixedClock) = (1, 5_000) }) { sandbox in
      let client = Client(sandbox)
      var answer: Client.Answer
      repeat {
        answer = try await client.get("/api/v1/nothing")
        #expect(answer.header("X-RateLimit-Limit") == "1")
        #expect(answer.header("X-RateLimit-Remaining") == "0")
        #expect(answer.header("X-RateLimit-Reset") == "6")
      } while answer.status == 404
      #expect(answer.status == 429)
      #expect(answer.code == "RATE_LIMITED")
      #expect(answer.header("Retry-After") == "1")
      #expect(try await client.get("/health").header("X-RateLimit-Limit") == nil)
    }
  }

  @Test("without a limit there are no such headers")
  func noRateLimit() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).get("/api/v1/events")
      #expect(answer.header("X-RateLimit-Limit") == nil)
    }
  }

  @Test("every answer of the API waits for the latency")
  func latency() async throws {
    try await Sandbox.with(configuration { $0.latency = .milliseconds(100) }) { sandbox in
      let clock = ContinuousClock()
      let start = clock.now
      let answer = try await Client(sandbox).get("/api/v1/events")
      #expect(answer.status == 200)
      #expect(clock.now - start >= .milliseconds(100))
    }
  }

  @Test("every answer has its own request id")
  func requestIDs() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      var ids: Set<String> = []
      for path in ["/health", "/nothing", "/api/v1/events", "/api/v1/events/x"] {
        ids.insert(try await Client(sandbox).get(path).header("X-Request-Id") ?? "none")
      }
      #expect(ids.count == 4)
      #expect(ids.contains("req_000000000000000000000001"))
    }
  }

  @Test("unknown paths are NOT_FOUND and other methods METHOD_NOT_ALLOWED")
  func paths() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      for path in ["/", "/api/v1", "/api/v1/events/a/b", "/_sandbox/nothing", "/api/v1/events%2Fx", "//api/v1/x"] {
        let answer = try await client.get(path)
        #expect(answer.status == 404)
        #expect(answer.code == "NOT_FOUND")
      }
      let answer = try await client.call("DELETE", "/api/v1/events")
      #expect(answer.status == 405)
      #expect(answer.code == "METHOD_NOT_ALLOWED")
      #expect(answer.header("Allow") == "GET, POST")
      #expect(try await client.call("HEAD", "/api/v1/events").status == 200)
    }
  }

  @Test("both descriptions of the API name the paths that exist, and nothing that does not")
  func openAPI() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let document = try await client.get("/openapi.json").json
      #expect(document["openapi"] == "3.1.0")
      let paths = try #require(document["paths"]?.objectValue)
      for (path, item) in paths {
        for method in item.objectValue?.keys ?? [] where method != "parameters" {
          let path = path.replacing("{id}", with: "none")
          let answer = try await client.call(method.uppercased(), path, body: Array("{}".utf8))
          #expect(answer.status != 405 && answer.text != #"{"error":"no such path","code":"NOT_FOUND"}"#, "\(path)")
        }
      }
      let yaml = try await client.get("/openapi.yaml")
      #expect(yaml.header("Content-Type") == "application/yaml; charset=utf-8")
      for path in paths.keys { #expect(yaml.text.contains("\n  \"\(path)\":\n")) }
      #expect(yaml.text.hasPrefix("\"openapi\": \"3.1.0\"\n\"info\":\n  \"title\": \"Mittr API\"\n"))
    }
  }

  @Test("several run in one process, each on its own")
  func several() async throws {
    try await Sandbox.with(configuration()) { first in
      try await Sandbox.with(configuration { $0.apiKey = "mtr_second" }) { second in
        #expect(first.baseURL != second.baseURL)
        _ = try await Client(first).send(#"{"eventType": "a", "payload": {}}"#, key: "k")
        var client = Client(second)
        client.apiKey = second.apiKey
        #expect(try await client.get("/api/v1/events").items.isEmpty)
      }
    }
  }

  @Test("a port that is taken is refused by name")
  func addressInUse() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
      await #expect(throws: SandboxError.addressInUse(host: "127.0.0.1", port: port)) {
        try await Sandbox.start(configuration { $0.port = port })
      }
    }
  }

  @Test(
    "a setting outside its range is refused",
    arguments: [
      configuration { $0.apiKey = "" }, configuration { $0.port = 70_000 }, configuration { $0.rateLimit = 0 },
      configuration { $0.quota = -1 }, configuration { $0.timeScale = 0 }, configuration { $0.timeScale = .nan },
      configuration { $0.latency = .seconds(-1) }, configuration { $0.seed = .count(-1) },
    ])
  func invalidConfiguration(configuration: SandboxConfiguration) async throws {
    await #expect {
      try await Sandbox.start(configuration)
    } throws: { error in
      guard case SandboxError.invalidConfiguration = error else { return false }
      return true
    }
  }

  @Test("stopping ends requests and deliveries under way, and can be done twice", .timeLimit(.minutes(1)))
  func stop() async throws {
    let sandbox = try await Sandbox.start(configuration())
    let client = Client(sandbox)
    let slow = "/_sandbox/receivers/slow?ms=60000"
    _ = try await client.send(#"{"destination": "http://sandbox.localhost\#(slow)", "payload": {}}"#, key: "k")
    async let answer = client.post(slow, "")
    async let settled = client.get("/_sandbox/settled")
    while try await client.get("/api/v1/events?status=processing").items.isEmpty {}
    await sandbox.stop()
    await sandbox.stop()
    let status = try? await answer.status
    #expect(status == nil || status == 503)
    _ = try? await settled
    // Its port is free again.
    let port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
    try await Sandbox.with(configuration { $0.port = port }) { #expect($0.baseURL == sandbox.baseURL) }
  }
}
