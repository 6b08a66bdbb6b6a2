import MittrSDK
import OrderedJSON
import Testing

@Suite struct EndpointsTests {
  @Test("An endpoint is created with just the fields that were set")
  func create() async throws {
    let transport = ScriptedTransport(
      .json(#"{"id":"ep_1","url":"https://x.test/","secret":"whsec_1","circuitState":"closed"}"#, status: 201))
    var input = EndpointInput(url: "https://x.test/", eventTypes: ["order.*"])
    input.enabled = true
    input.retryBackoffMult = 1.5
    input.maxRetries = 4
    let endpoint = try await Mittr(transport).endpoints.create(input)
    #expect(endpoint.id == "ep_1")
    #expect(endpoint.secret == "whsec_1")
    #expect(endpoint.circuitState == .closed)
    #expect(transport.requests[0].method == "POST")
    #expect(transport.requests[0].target == "/api/v1/endpoints")
    #expect(
      transport.requests[0].bodyText
        == #"{"url":"https://x.test/","eventTypes":["order.*"],"enabled":true,"retryBackoffMult":1.5,"maxRetries":4}"#)
  }

  @Test("An update sends what the patch names, explicit nulls and unknown fields included")
  func update() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"ep_1","enabled":false,"eventTypes":["a","b"]}"#))
    var patch = EndpointPatch(json: ["novel": 1])
    patch.enabled = false
    patch.description = "paused"
    patch.description = nil
    patch.json["filter"] = .null
    let endpoint = try await Mittr(transport).endpoints.update("ep_1", patch)
    #expect(endpoint.enabled == false)
    #expect(endpoint.eventTypes == ["a", "b"])
    #expect(transport.requests[0].method == "PATCH")
    #expect(transport.requests[0].target == "/api/v1/endpoints/ep_1")
    #expect(transport.requests[0].bodyText == #"{"novel":1,"enabled":false,"filter":null}"#)
  }

  @Test("Listing, walking, getting and deleting endpoints works as it does with events")
  func others() async throws {
    let transport = ScriptedTransport(
      .json(#"{"data":[{"id":"a"}],"pagination":{"hasMore":true,"cursor":"c"}}"#),
      .json(#"{"data":[{"id":"a"}],"pagination":{"hasMore":true,"cursor":"c"}}"#),
      .json(#"{"data":[{"id":"b"}],"pagination":{"hasMore":false}}"#),
      .json(#"{"id":"a","filter":[{"field":"$.x"}]}"#),
      .success(TransportResponse(status: 204)))
    let mittr = Mittr(transport)
    #expect(try await mittr.endpoints.list(ListParameters(limit: 1)).data.map(\.id) == ["a"])
    var ids: [String] = []
    for try await endpoint in mittr.endpoints.iterate() { ids.append(endpoint.id) }
    #expect(ids == ["a", "b"])
    #expect(try await mittr.endpoints.get("a").filter == [["field": "$.x"]])
    try await mittr.endpoints.delete("a")
    #expect(
      transport.requests.map { "\($0.method) \($0.target)" } == [
        "GET /api/v1/endpoints?limit=1", "GET /api/v1/endpoints?limit=100",
        "GET /api/v1/endpoints?limit=100&cursor=c", "GET /api/v1/endpoints/a", "DELETE /api/v1/endpoints/a",
      ])
  }

  @Test("An endpoint's signing secret is not in its debug description or its mirror")
  func secretIsHidden() throws {
    let endpoint = try Endpoint(json: ["id": "ep_1", "url": "https://x.test/", "secret": "whsec_hidden"])
    var dumped = ""
    dump(endpoint, to: &dumped)
    #expect(!dumped.contains("whsec_hidden"))
    #expect(!String(reflecting: endpoint).contains("whsec_hidden"))
    #expect(!"\(endpoint)".contains("whsec_hidden"))
  }
}
