import MittrSDK
import OrderedJSON
import Testing

@Suite struct ConnectionTests {
  @Test("Every request carries the key, what it accepts and who sends it; a body says that it is JSON")
  func headers() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt_1"}"#), .json(#"{"id":"evt_1"}"#))
    let mittr = Mittr(transport, projectID: "prj_1")
    _ = try await mittr.events.get("evt_1")
    _ = try await mittr.events.send(EventInput(eventType: "a", payload: [:]))
    let (get, post) = (transport.requests[0], transport.requests[1])
    #expect(
      get.headers == [
        HeaderField("X-API-Key", Mittr.testKey), HeaderField("Accept", "application/json"),
        HeaderField("User-Agent", "mittr-swift/\(Mittr.version)"), HeaderField("X-Project-ID", "prj_1"),
      ])
    #expect(
      post.headers == get.headers + [
        HeaderField("Content-Type", "application/json"), HeaderField("X-Idempotency-Key", "key-1"),
      ])
  }

  @Test("Without a project no project is named")
  func noProject() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt_1"}"#))
    _ = try await Mittr(transport).events.get("evt_1")
    #expect(transport.requests[0].header("X-Project-ID") == nil)
  }

  @Test(
    "A base URL may have a port, a path prefix and slashes at its end",
    arguments: [
      ("https://app.mittr.io", "https://app.mittr.io/api/v1/events/e"),
      ("https://app.mittr.io/", "https://app.mittr.io/api/v1/events/e"),
      ("http://127.0.0.1:8080//", "http://127.0.0.1:8080/api/v1/events/e"),
      ("HTTPS://Hooks.example.com/mittr/v2/", "https://Hooks.example.com/mittr/v2/api/v1/events/e"),
      ("http://[::1]:8080/x", "http://[::1]:8080/x/api/v1/events/e"),
      ("http://[::1]", "http://[::1]/api/v1/events/e"),
    ])
  func baseURL(baseURL: String, expected: String) async throws {
    let transport = ScriptedTransport(.json(#"{"id":"e"}"#))
    _ = try await Mittr(transport, baseURL: baseURL).events.get("e")
    #expect(transport.requests[0].url == expected)
  }

  @Test(
    "An unusable base URL is INVALID_REQUEST with the reason, and nothing is sent",
    arguments: [
      ("", "scheme"), ("app.mittr.io", "scheme"), ("localhost:8080", "scheme"), ("ftp://x.test", "scheme"),
      ("https://", "host"), ("https:///api", "host"), ("https://:80", "host"), ("http://a b", "white space"),
      ("https://x.test\r\nX-Evil: 1", "control"), ("https://mittr.té", "ASCII"), ("https://x.test?a=b", "query"),
      ("https://x.test/#a", "fragment"), ("https://x.test:0", "port"), ("https://x.test:99999", "port"),
      ("https://x.test:", "port"), ("https://x.test:8a", "port"), ("https://me:hunter2@x.test", "user name"),
      ("https://x_%.test", "host"), ("https://x.test/a\"b", "path"), ("http://[::1", "host"),
    ])
  func invalidBaseURL(baseURL: String, reason: String) async throws {
    let transport = ScriptedTransport()
    let error = try #require(
      await failure { () throws(MittrError) in try await Mittr(transport, baseURL: baseURL).events.list() })
    #expect(error.code == "INVALID_REQUEST")
    #expect(error.message.contains(reason))
    #expect(!error.message.contains("hunter2"))
    #expect(transport.requests.isEmpty)
  }

  @Test(
    "A key that cannot stand in a header is refused, not sent",
    arguments: ["", "mtr_1\n", "mtr 1", "mtr_\u{0}", "mtr_é"])
  func invalidKey(key: String) async throws {
    let transport = ScriptedTransport()
    let error = try #require(
      await failure { () throws(MittrError) in try await Mittr(apiKey: key, transport: transport).events.list() })
    #expect(error.code == "INVALID_REQUEST")
    #expect(error.message.contains("API key"))
    #expect(transport.requests.isEmpty)
  }

  @Test("A project id that cannot stand in a header is refused, not sent", arguments: ["", "a\r\nb"])
  func invalidProject(projectID: String) async {
    let transport = ScriptedTransport()
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport, projectID: projectID).events.list()
    }
    #expect(error?.code == "INVALID_REQUEST")
    #expect(transport.requests.isEmpty)
  }

  @Test(
    "An idempotency key that cannot stand in a header is refused, not sent", arguments: ["", "a\nb", "a\r\nX-Evil: 1"])
  func invalidIdempotencyKey(key: String) async {
    let transport = ScriptedTransport()
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport).events.send(EventInput(eventType: "a", payload: [:]), idempotencyKey: key)
    }
    #expect(error?.code == "INVALID_REQUEST")
    #expect(transport.requests.isEmpty)
  }
}
