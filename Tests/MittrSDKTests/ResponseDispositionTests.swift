import MittrSDK
import OrderedJSON
import Testing

/// Every status with every kind of body, for everything that changes something. What must come of it stands here once more,
/// in words of its own, so that the client's table has something to be held against.
@Suite("What an answer says of a change", .timeLimit(.minutes(2))) struct ResponseDispositionTests {
  enum Operation: CaseIterable, Sendable {
    case replay, update, delete, create, send

    var asksForID: Bool { self == .replay || self == .update || self == .delete }

    func perform(_ mittr: Mittr) async throws(MittrError) {
      switch self {
      case .replay: _ = try await mittr.events.replay("evt_1")
      case .update: _ = try await mittr.endpoints.update("evt_1", EndpointPatch(json: ["enabled": true]))
      case .delete: try await mittr.endpoints.delete("evt_1")
      case .create: _ = try await mittr.endpointRecords.create(["url": "https://x.test"])
      case .send: _ = try await mittr.eventRecords.send(["eventType": "a", "payload": [:]])
      }
    }
  }

  private enum End: Hashable { case done, refused, unknown }

  /// A body, and whether a success with it is one: for everybody, or only where no id was asked for.
  private static let bodies: [(text: String, isGood: Bool, isGoodWithoutID: Bool)] = [
    ("", true, true), ("{}", true, true), (#"{"id":"evt_1","status":"pending"}"#, true, true),
    (#"{"id":null}"#, true, true), (#"{"deleted":true}"#, true, true), (#"{"id":"evt_1","error":null}"#, true, true),
    (#"{"id":"evt_2"}"#, false, true), (#"{"id":"EVT_1"}"#, false, true), (#"{"id":7}"#, false, true),
    (#"{"id":{"a":1}}"#, false, true), (#"{"error":"no","code":"INVALID_STATE"}"#, false, false),
    (#"{"id":"evt_1","error":{}}"#, false, false), (#"{"error":false}"#, false, false),
    (#"{"error":""}"#, false, false), ("<html><title>Sign in</title></html>", false, false), ("OK", false, false),
    ("[]", false, false), (#"[{"id":"evt_1"}]"#, false, false), (#""evt_1""#, false, false), ("7", false, false),
    ("null", false, false), ("true", false, false), (#"{"id":"evt_1""#, false, false), ("\n", false, false),
    ("\u{0}", false, false), (#"{"id":"evt_1"} {}"#, false, false),
  ]

  private static let statuses =
    [Int.min, -1, 0, 1, 42, 99] + Array(100...104) + [199] + Array(200...208) + [226, 250, 299]
    + Array(300...310) + [399] + Array(400...431) + [444, 451, 499] + Array(500...511) + [
      520, 599, 600, 700, 999, 1000,
    ]
    + [Int.max]

  private static func expected(_ status: Int, retryAfter: String?, isGood: Bool) -> End {
    switch status {
    case 200...299: isGood ? .done : .unknown
    case 400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 501: .refused
    case 503: retryAfter == "0" || retryAfter == "Sun, 06 Nov 1994 08:49:37 GMT" ? .refused : .unknown
    default: .unknown
    }
  }

  @Test("It was done, it was refused, or nobody knows", arguments: Operation.allCases)
  func table(operation: Operation) async {
    for status in Self.statuses {
      for body in Self.bodies {
        for retryAfter in [nil, "0", "Sun, 06 Nov 1994 08:49:37 GMT", "soon", ""] {
          // The header matters to one status alone.
          guard status == 503 || retryAfter == nil || body.text.isEmpty else { continue }
          let date = HeaderField("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
          let headers = [date] + (retryAfter.map { [HeaderField("Retry-After", $0)] } ?? [])
          let response = TransportResponse(status: status, headers: headers, body: Array(body.text.utf8))
          let transport = ScriptedTransport { (_, _) throws(TransportError) in response }
          let error = await failure { () throws(MittrError) in try await operation.perform(Mittr(transport)) }
          let end: End = error.map { $0.isOutcomeUnknown ? .unknown : .refused } ?? .done
          let isGood = operation.asksForID ? body.isGood : body.isGoodWithoutID
          let comment: Comment = "\(operation), \(status), \(body.text), \(retryAfter ?? "-")"
          #expect(end == Self.expected(status, retryAfter: retryAfter, isGood: isGood), comment)
          if end == .unknown {
            #expect(error?.code == "OUTCOME_UNKNOWN", comment)
            #expect(error?.status == status, comment)
          }
          // What nobody knows is sent again only under a key, and only where that may help.
          let isRefusedForNow = status == 429 || status == 503 && end == .refused
          let mayHelp = operation == .send && (status == 408 || 500..<600 ~= status && status != 501)
          #expect(transport.requests.count == (isRefusedForNow || mayHelp ? 4 : 1), comment)
        }
      }
    }
  }

  @Test("An error says what it was that does not tell, and keeps the server's words")
  func words() async {
    func error(_ text: String, status: Int, _ headers: HeaderField...) async -> MittrError? {
      let transport = ScriptedTransport { (_, _) throws(TransportError) in
        TransportResponse(status: status, headers: headers, body: Array(text.utf8))
      }
      return await failure { () throws(MittrError) in try await Mittr(transport).events.replay("evt_1") }
    }
    let login = await error("<html>\n<title>Sign in</title>\u{1B}[31m", status: 200)
    #expect(login?.message.hasPrefix("the server answered 200 with text that is not JSON: <html> <title>Sign") == true)
    #expect(login?.body == .text("<html>\n<title>Sign in</title>\u{1B}[31m"))
    let wrapped = await error(#"{"error":"no such event","code":"NOT_FOUND"}"#, status: 200)
    #expect(wrapped?.message == "the server answered 200 with an error: (NOT_FOUND) no such event")
    let other = await error(#"{"id":"evt_2"}"#, status: 200)
    #expect(other?.message == "the server answered with evt_2 instead of evt_1")
    let failed = await error(#"{"error":"oops","code":"INTERNAL"}"#, status: 500)
    #expect(failed?.message == "the server failed (INTERNAL): oops")
    let redirect = await error("", status: 302, HeaderField("Location", "https://sso.test/\(Mittr.testKey)"))
    #expect(redirect?.message == "the server redirects to https://sso.test/mtr_…; redirects are not followed")
    #expect(await error("", status: 304)?.message.contains("redirect") == false)
  }

  @Test("A UUID is the same in either case; another id is not")
  func uuids() async {
    let id = "0000ABCD-0000-4000-8000-00000000000f"
    for (answered, isDone) in [(id.lowercased(), true), (id.replacing("f", with: "e"), false)] {
      let transport = ScriptedTransport(.json(#"{"id":"\#(answered)"}"#))
      let error = await failure { () throws(MittrError) in
        try await Mittr(transport).endpoints.update(id, EndpointPatch(json: [:]))
      }
      #expect((error == nil) == isDone)
    }
  }

  @Test("What was done without a word is told by its id")
  func empty() async throws {
    func mittr() -> Mittr { Mittr(ScriptedTransport(.json("", status: 204))) }
    #expect(try await mittr().events.replay("evt_1").id == "evt_1")
    #expect(try await mittr().endpoints.update("ep_1", EndpointPatch(json: [:])).id == "ep_1")
    #expect(try await mittr().eventRecords.send(["eventType": "a", "payload": [:]]) == [:])
  }

  @Test("A request that the client does not name leaves its outcome open by its status, and by a page")
  func anyRequest() async throws {
    let page = ScriptedTransport(.json("<html>"))
    let uncertainty = await failure { () throws(MittrError) in try await Mittr(page).request("POST", "/x") }
    #expect(uncertainty?.code == "OUTCOME_UNKNOWN")
    #expect(try await Mittr(ScriptedTransport(.json("<html>"))).request("GET", "/x") == "<html>")
    let teapot = ScriptedTransport(.json("", status: 418))
    let error = await failure { () throws(MittrError) in try await Mittr(teapot).request("POST", "/x") }
    #expect(error?.code == "OUTCOME_UNKNOWN")
    let read = ScriptedTransport(.json("", status: 418))
    #expect(await failure { () throws(MittrError) in try await Mittr(read).request("GET", "/x") }?.code == "HTTP_418")
  }
}
