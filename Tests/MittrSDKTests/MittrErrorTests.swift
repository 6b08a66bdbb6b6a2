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
    ] as [(TransportError.Kind, String)])
  func transportCodes(kind: TransportError.Kind, code: String) async {
    let mittr = Mittr(ScriptedTransport(.lost(kind, reached: true)), retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
    #expect(error?.code == code)
    #expect(error?.status == nil)
    #expect(error?.body == MittrError.Body.none)
    #expect(error?.isOutcomeUnknown == false)
  }
}
