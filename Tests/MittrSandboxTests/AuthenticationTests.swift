import MittrSandbox
import Testing

@Suite("The key")
struct AuthenticationTests {
  @Test(
    "X-API-Key or a bearer token opens the API; X-API-Key wins, even when it is wrong",
    arguments: [
      (["X-API-Key": "mtr_sandbox"], 200),
      (["Authorization": "Bearer mtr_sandbox"], 200),
      (["authorization": "bearer mtr_sandbox"], 200),
      (["X-API-Key": "mtr_other", "Authorization": "Bearer mtr_sandbox"], 401),
      (["Authorization": "Basic mtr_sandbox"], 401),
      ([:], 401),
    ])
  func keys(headers: [String: String], status: Int) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      var client = Client(sandbox)
      client.apiKey = nil
      let answer = try await client.call("GET", "/api/v1/events", headers: headers)
      #expect(answer.status == status)
    }
  }

  @Test("without a key every path of the API answers UNAUTHORIZED, also one that does not exist")
  func unauthorized() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      var client = Client(sandbox)
      client.apiKey = nil
      for path in ["/api/v1/events", "/api/v1/endpoints/x", "/api/v1/nothing", "/api"] {
        let answer = try await client.get(path)
        #expect(answer.status == 401)
        #expect(answer.code == "UNAUTHORIZED")
        #expect(answer.header("X-Request-Id") != nil)
      }
    }
  }

  @Test(
    "health, the API's description and /_sandbox need no key",
    arguments: [
      "/health", "/health/live", "/health/ready", "/openapi.json", "/openapi.yaml", "/_sandbox/stats",
      "/_sandbox/settled",
    ])
  func publicPaths(path: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      var client = Client(sandbox)
      client.apiKey = nil
      let answer = try await client.get(path)
      #expect(answer.status == 200)
      #expect(!answer.text.isEmpty)
    }
  }

  @Test("another key can be set")
  func otherKey() async throws {
    try await Sandbox.with(configuration { $0.apiKey = "mtr_mine" }) { sandbox in
      var client = Client(sandbox)
      let refused = try await client.get("/api/v1/events")
      #expect(refused.status == 401)
      client.apiKey = "mtr_mine"
      let answer = try await client.get("/api/v1/events")
      #expect(answer.status == 200)
    }
  }
}
