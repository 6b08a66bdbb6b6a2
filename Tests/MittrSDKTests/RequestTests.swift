import MittrSDK
import OrderedJSON
import Testing

@Suite struct RequestTests {
  @Test("Any method and path can be called, with a query, a body and headers")
  func request() async throws {
    let transport = ScriptedTransport(.json(#"[1,{"a":2}]"#))
    let answer = try await Mittr(transport).request(
      "PUT", "/api/v1/things/ü x?dry=1", query: [("q", "a b&c"), ("q", "2")], body: ["x": nil],
      headers: [("accept", "text/plain"), ("X-Extra", "1")])
    #expect(answer == [1, ["a": 2]])
    let request = transport.requests[0]
    #expect(request.method == "PUT")
    #expect(request.target == "/api/v1/things/%C3%BC%20x?dry=1&q=a%20b%26c&q=2")
    #expect(request.bodyText == #"{"x":null}"#)
    #expect(request.headers.filter { $0.isNamed("Accept") } == [HeaderField("accept", "text/plain")])
    #expect(request.header("X-Extra") == "1")
    #expect(request.header("X-API-Key") == Mittr.testKey)
  }

  @Test("What is already percent-encoded is not encoded twice")
  func encodedPath() async throws {
    let transport = ScriptedTransport(.json("{}"))
    _ = try await Mittr(transport).request("GET", "/api/v1/events/a%2Fb")
    #expect(transport.requests[0].target == "/api/v1/events/a%2Fb")
  }

  @Test(
    "An answer is its JSON, or its text, or null when it is empty",
    arguments: [("{\"a\":1}", ["a": 1]), ("openapi: 3.0", "openapi: 3.0"), ("", nil)] as [(String, JSONValue)])
  func answers(text: String, expected: JSONValue) async throws {
    #expect(try await Mittr(ScriptedTransport(.json(text))).request("GET", "/openapi.yaml") == expected)
  }

  @Test(
    "After a change, what nobody answers who did it leaves open whether it was done",
    arguments: [
      ("<html>", true), (#"{"error":"x","code":"NOPE"}"#, true), ("[1]", false), ("{}", false), ("", false),
      (#"{"id":"evt_1"}"#, false), ("3", false),
    ])
  func doubts(body: String, isUnknown: Bool) async {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
      let transport = ScriptedTransport(.json(body, status: 200))
      let error = await failure { () throws(MittrError) in try await Mittr(transport).request(method, "/api/v1/x") }
      #expect(error?.isOutcomeUnknown == (isUnknown ? true : nil), "\(method)")
      #expect(transport.requests.count == 1)
    }
    #expect(
      await failure { () throws(MittrError) in
        try await Mittr(ScriptedTransport(.json(body, status: 200))).request("GET", "/api/v1/x")
      } == nil)
  }

  @Test("A refusal throws as everywhere")
  func refusal() async {
    let transport = ScriptedTransport(.json(#"{"error":"locked","code":"QUOTA_EXCEEDED"}"#, status: 402))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).request("GET", "/api/v1/x") }
    #expect(error?.code == "QUOTA_EXCEEDED")
  }

  @Test(
    "What is no request is refused before anything is sent",
    arguments: [
      ("GET", "api/v1/events", "", ""), ("GET", "", "", ""), ("GET", "@evil.test/", "", ""), ("GET", "/a#b", "", ""),
      ("get", "/a", "", ""), ("", "/a", "", ""), ("GET /b HTTP/1.1\r\n", "/a", "", ""),
      ("GET", "/a", "X-A", "1\r\nX-B: 2"), ("GET", "/a", "X-A", "\u{0}"), ("GET", "/a", "X A", "1"),
      ("GET", "/a", "X-A:", "1"), ("GET", "/a", "Content-Length", "0"), ("GET", "/a", "transfer-encoding", "chunked"),
      ("GET", "/a", "host", "evil.test"), ("GET", "/a", "x-api-key", "other"),
    ])
  func invalid(method: String, path: String, name: String, value: String) async {
    let transport = ScriptedTransport()
    let headers = name.isEmpty ? [] : [(name: name, value: value)]
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport).request(method, path, headers: headers)
    }
    #expect(error?.code == "INVALID_REQUEST")
    #expect(transport.requests.isEmpty)
  }
}
