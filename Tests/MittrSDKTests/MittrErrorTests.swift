import MittrSDK
import OrderedJSON
import Testing

@Suite struct MittrErrorTests {
  private static func error(
    _ text: String, status: Int, headers: [HeaderField] = []
  ) async throws -> MittrError {
    let mittr = Mittr(ScriptedTransport(.json(text, status: status, headers: headers)), retryPolicy: .never)
    return try #require(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") })
  }

  @Test("An error tells all that the server said")
  func everything() async throws {
    let error = try await Self.error(
      #"{"error":"slow down","code":"RATE_LIMITED","details":{"window":"1m"}}"#, status: 429,
      headers: [
        HeaderField("x-request-id", "req_7"), HeaderField("Retry-After", "30"), HeaderField("X-RateLimit-Limit", "100"),
        HeaderField("x-ratelimit-remaining", "0"), HeaderField("X-RateLimit-Reset", "1795449600"),
      ])
    #expect(error.status == 429)
    #expect(error.code == "RATE_LIMITED")
    #expect(error.message == "slow down")
    #expect(error.details == ["window": "1m"])
    #expect(error.requestID == "req_7")
    #expect(error.retryAfter == .seconds(30))
    #expect(error.rateLimit?.limit == 100)
    #expect(error.rateLimit?.remaining == 0)
    #expect(error.rateLimit?.reset == 1_795_449_600)
    #expect("\(error)" == "RATE_LIMITED: slow down (status 429, request req_7, retry after 30 s)")
  }

  @Test("A body that is not JSON is kept as text, bounded, and the code names the status")
  func text() async throws {
    let html = try await Self.error("<h1>Bad Gateway</h1>", status: 502)
    #expect(html.code == "HTTP_502")
    #expect(html.body == .text("<h1>Bad Gateway</h1>"))
    #expect(html.rateLimit == nil)
    let long = try await Self.error("x" + String(repeating: "é", count: 5000), status: 500)
    guard case .text(let text) = long.body else {
      Issue.record("the body is \(long.body)")
      return
    }
    // 4096 bytes would cut a scalar in two.
    #expect(text.utf8.count == 4095)
    #expect(text.hasSuffix("éé"))
    #expect(try await Self.error("", status: 404).body == .none)
  }

  @Test(
    "JSON of any shape is the error's body",
    arguments: ["[1,2]", "7", "null", #""no""#, #"{"error":7,"code":[]}"#, #"{"code":""}"#])
  func freeForm(text: String) async throws {
    let error = try await Self.error(text, status: 418)
    #expect(error.body == .json(try JSONValue(parsing: text)))
    #expect(error.code == "HTTP_418")
    #expect(!error.message.isEmpty)
  }

  @Test("Bytes that are not UTF-8 are repaired, not a crash")
  func invalidUTF8() async throws {
    let response = TransportResponse(status: 500, body: [0x61, 0xFF, 0xC3])
    let mittr = Mittr(ScriptedTransport(.success(response)), retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
    #expect(error?.body == .text("a\u{FFFD}\u{FFFD}"))
  }

  @Test("A server's text cannot move the cursor, start a line or turn the direction of writing")
  func escaping() async throws {
    let error = try await Self.error(
      #"{"error":"a\u001b[2J\nb\u202e\u0085c\u2028","code":"X\u0007"}"#, status: 400,
      headers: [HeaderField("X-Request-Id", "r\u{1B}1")])
    #expect(
      error.description
        == #"X\u{7}: a\e[2J\nb\u{202e}\u{85}c\u{2028} (status 400, request r\e1)"#)
    #expect(error.message == "a\u{1B}[2J\nb\u{202E}\u{85}c\u{2028}")
  }

  @Test(
    "What the details say of fields is told field by field, in whichever shape they come",
    arguments: [
      (
        #"[{"field":"payload","message":"is required"},{"field":"a","message":"no"}]"#,
        ["payload: is required", "a: no"]
      ),
      (#"{"field":"payload"}"#, ["payload: invalid"]), (#"["one","two"]"#, ["one", "two"]),
      (#"{"payload":"is required","headers":["x","y"]}"#, ["payload: is required", "headers: x", "headers: y"]),
      (#"{"errors":[{"path":["filter",0,"operator"],"message":"no"}]}"#, ["filter[0].operator: no"]),
      (#"{"issues":{"a":"b"}}"#, ["a: b"]), (#"{"errors":{"errors":{"errors":{"a":"b"}}}}"#, []),
      ("null", []), ("7", []), (#""text""#, []), (#"[7,{},null,[]]"#, []), (#"[{"message":"m"}]"#, ["m"]),
    ])
  func problems(details: String, expected: [String]) async throws {
    let error = try await Self.error(
      #"{"error":"invalid","code":"BAD_REQUEST","details":\#(details)}"#, status: 400)
    #expect(error.problems.map(\.description) == expected)
    let limited = try await Self.error(#"{"error":"slow down","details":\#(details)}"#, status: 429)
    #expect(limited.problems.isEmpty)
  }

  @Test("A code can be switched on, compared with a literal, and be one that nobody knew")
  func codes() async throws {
    func advice(_ error: MittrError) -> String {
      switch error.code {
      case .badRequest: "fix"
      case .unauthorized: "check the key"
      case .quotaExceeded: "pay"
      case .notFound, .conflict, .invalidState: "look"
      case .rateLimited: "wait"
      case .outcomeUnknown: "ask"
      case "FEATURE_LOCKED": "upgrade"
      default: error.code.rawValue
      }
    }
    let words = [
      "BAD_REQUEST", "UNAUTHORIZED", "QUOTA_EXCEEDED", "NOT_FOUND", "CONFLICT", "INVALID_STATE", "RATE_LIMITED",
      "OUTCOME_UNKNOWN", "FEATURE_LOCKED", "NEW",
    ]
    let errors = words.map { MittrError(code: MittrError.Code(rawValue: $0), message: "m") }
    #expect(
      errors.map(advice) == [
        "fix", "check the key", "pay", "look", "look", "look", "wait", "ask", "upgrade", "NEW",
      ])
    #expect(Set(errors).count == words.count)
    #expect(MittrError(code: .cancelled, message: "").isCancelled)
    #expect(!errors[0].isCancelled)
  }

  @Test("A redirect is an error that says so")
  func redirect() async throws {
    let error = try await Self.error("", status: 301, headers: [HeaderField("Location", "https://elsewhere.test/")])
    #expect(error.code == "HTTP_301")
    #expect(error.message.contains("redirect"))
  }

  @Test(
    "What the network does has a code of its own",
    arguments: [
      (.connectionRefused, "CONNECTION_REFUSED"), (.dns, "DNS_FAILED"), (.tls, "TLS_FAILED"),
      (.connectTimeout, "TIMEOUT"), (.timeout, "TIMEOUT"), (.connectionLost, "CONNECTION_LOST"),
      (.responseTooLarge, "RESPONSE_TOO_LARGE"), (.invalidResponse, "INVALID_RESPONSE"),
      (.invalidURL, "INVALID_REQUEST"), (.cancelled, "CANCELLED"), (.other, "TRANSPORT_FAILED"),
    ] as [(TransportError.Kind, MittrError.Code)])
  func transportCodes(kind: TransportError.Kind, code: MittrError.Code) async {
    let mittr = Mittr(ScriptedTransport(.lost(kind, reached: true)), retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
    #expect(error?.code == code)
    #expect(error?.status == nil)
    #expect(error?.body == MittrError.Body.none)
    #expect(error?.isOutcomeUnknown == false)
  }
}
