import MittrSDK
import OrderedJSON
import Testing

@Suite struct EventsTests {
  @Test("An event is sent as it was written, under a fresh idempotency key for each call")
  func send() async throws {
    let transport = ScriptedTransport(
      .json(#"{"id":"evt_1","status":"pending"}"#, status: 202), .json(#"{"id":"evt_2"}"#, status: 201))
    let mittr = Mittr(transport)
    let input = EventInput(
      eventType: "order.created", payload: ["orderId": "ord_123", "amount": 9900], headers: ["X-Shop": "7"],
      maxAttempts: 3, priority: 7)

    let event = try await mittr.events.send(input)
    _ = try await mittr.events.send(input)

    #expect(event.id == "evt_1")
    #expect(event.status == .pending)
    let requests = transport.requests
    #expect(requests.map(\.method) == ["POST", "POST"])
    #expect(requests.map(\.target) == ["/api/v1/events", "/api/v1/events"])
    #expect(
      requests[0].bodyText == #"{"eventType":"order.created","payload":{"orderId":"ord_123","amount":9900},"#
        + #""headers":{"X-Shop":"7"},"maxAttempts":3,"priority":7}"#)
    #expect(requests.map { $0.header("X-Idempotency-Key") } == ["key-1", "key-2"])
  }

  @Test("A given idempotency key is the one that is sent")
  func stableKey() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt_1"}"#))
    let input = EventInput(destination: "https://example.com/hook", payload: [:])
    _ = try await Mittr(transport).events.send(input, idempotencyKey: "order-7-created")
    #expect(transport.requests[0].header("X-Idempotency-Key") == "order-7-created")
    #expect(transport.requests[0].bodyText == #"{"destination":"https://example.com/hook","payload":{}}"#)
  }

  @Test("Keys that nobody chose are UUIDs of version 4, and all different")
  func randomKeys() {
    let keys = (0..<100).map { _ in ClientEnvironment.live.newIdempotencyKey() }
    #expect(Set(keys).count == 100)
    for key in keys {
      let parts = key.split(separator: "-", omittingEmptySubsequences: false)
      #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
      #expect(parts[2].hasPrefix("4"))
      #expect("89ab".contains(parts[3].prefix(1)))
      #expect(key.allSatisfy { "0123456789abcdef-".contains($0) })
    }
  }

  @Test("An invalid event goes to the server as it is, whose 400 comes back with its parsed body")
  func invalidEvent() async {
    let transport = ScriptedTransport(
      .json(#"{"error":"payload is required","code":"BAD_REQUEST","details":{"field":"payload"}}"#, status: 400))
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport).events.send(EventInput(json: ["payload": nil]))
    }
    #expect(transport.requests[0].bodyText == #"{"payload":null}"#)
    #expect(error?.status == 400)
    #expect(error?.code == "BAD_REQUEST")
    #expect(error?.message == "payload is required")
    #expect(error?.details == ["field": "payload"])
    #expect(
      error?.body
        == .json(["error": "payload is required", "code": "BAD_REQUEST", "details": ["field": "payload"]]))
  }

  @Test("Fields that this package does not know are sent, and nothing is sent that was not set")
  func unknownInputFields() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt_1"}"#))
    var input = EventInput(json: ["eventType": "a", "payload": [:], "labels": ["x", "y"]])
    input.maxAttempts = 2
    input.maxAttempts = nil
    _ = try await Mittr(transport).events.send(input)
    #expect(transport.requests[0].bodyText == #"{"eventType":"a","payload":{},"labels":["x","y"]}"#)
  }

  @Test("A list's parameters become its query, percent-encoded, and absent ones do not appear")
  func list() async throws {
    let transport = ScriptedTransport(
      .json(#"{"data":[{"id":"evt_1"},{"id":"evt_2"}],"pagination":{"hasMore":true,"cursor":"c1","total":12}}"#),
      .json(#"{"data":[]}"#))
    let mittr = Mittr(transport)
    let page = try await mittr.events.list(
      EventListParameters(
        status: "failed", eventType: "order.*", endpointId: "a&b=c", since: "2026-11-23T16:00:00+01:00",
        until: "2026-11-24", limit: 2, cursor: "ä/ "))
    let empty = try await mittr.events.list()

    #expect(page.data.map(\.id) == ["evt_1", "evt_2"])
    #expect(page.pagination == Pagination(hasMore: true, cursor: "c1", total: 12))
    #expect(empty.data.isEmpty)
    #expect(empty.pagination == Pagination(hasMore: false))
    #expect(
      transport.requests.map(\.target) == [
        "/api/v1/events?status=failed&eventType=order.%2A&endpointId=a%26b%3Dc"
          + "&since=2026-11-23T16%3A00%3A00%2B01%3A00&until=2026-11-24&limit=2&cursor=%C3%A4%2F%20",
        "/api/v1/events",
      ])
  }

  @Test("An event keeps every field and exact number that came; what did not come is nil")
  func eventFields() async throws {
    let text =
      #"{"id":"evt_1","status":"frozen","payload":{"amount":1.10,"big":12345678901234567890},"attempts":2,"#
      + #""endpointId":"ep","maxAttempts":5,"createdAt":"2026-11-23T16:26:00Z","novel":[1,{"a":null}]}"#
    let transport = ScriptedTransport(.json(text))
    let event = try await Mittr(transport).events.get("evt_1")
    #expect(event.description == text)
    #expect(event.status?.rawValue == "frozen")
    #expect(event.payload["big"]?.numberValue?.text == "12345678901234567890")
    #expect(event.attempts == 2)
    #expect(event.maxAttempts == 5)
    #expect(event.endpointId == "ep")
    #expect(event.createdAtText == "2026-11-23T16:26:00Z")
    #expect(event.json["novel"] == [1, ["a": nil]])
    #expect(event.eventType == nil)
    #expect(event.deliveredAt == nil)
    #expect(event.lastError == nil)
  }

  @Test("Fields of another type than expected are nil, not a crash")
  func mistypedFields() async throws {
    let transport = ScriptedTransport(.json(#"{"id":7,"status":[],"attempts":"2","headers":null,"createdAt":"soon"}"#))
    let event = try await Mittr(transport).events.get("evt_1")
    #expect(event.id == "7")
    #expect(event.status == nil)
    #expect(event.payload == .null)
    #expect(event.createdAtText == "soon")
    #expect(event.attempts == nil)
    #expect(event.headers == nil)
  }

  @Test("Getting and replaying name the event in the path, percent-encoded")
  func paths() async throws {
    let transport = ScriptedTransport(.json(#"{"id":"evt/1"}"#), .json(#"{"id":"evt_1","status":"pending"}"#))
    let mittr = Mittr(transport)
    _ = try await mittr.events.get("evt/1?x#ü")
    let replayed = try await mittr.events.replay("evt_1")
    #expect(replayed.status == .pending)
    #expect(transport.requests.map(\.method) == ["GET", "POST"])
    #expect(transport.requests.map(\.target) == ["/api/v1/events/evt%2F1%3Fx%23%C3%BC", "/api/v1/events/evt_1/replay"])
    #expect(transport.requests[1].body == nil)
  }

  @Test("Ids that would name something else are refused before anything is sent", arguments: ["", ".", ".."])
  func unusableIds(id: String) async {
    let transport = ScriptedTransport()
    let mittr = Mittr(transport)
    #expect(await failure { () throws(MittrError) in try await mittr.events.get(id) }?.code == "INVALID_REQUEST")
    #expect(await failure { () throws(MittrError) in try await mittr.events.replay(id) }?.code == "INVALID_REQUEST")
    #expect(await failure { () throws(MittrError) in try await mittr.endpoints.get(id) }?.code == "INVALID_REQUEST")
    #expect(await failure { () throws(MittrError) in try await mittr.endpoints.delete(id) }?.code == "INVALID_REQUEST")
    #expect(
      await failure { () throws(MittrError) in try await mittr.endpoints.update(id, EndpointPatch()) }?.code
        == "INVALID_REQUEST")
    #expect(transport.requests.isEmpty)
  }

  @Test("An answer of the wrong shape is INVALID_RESPONSE", arguments: ["", "<html>", "[]", "7", "{"])
  func wrongShape(text: String) async {
    let event = await failure { () throws(MittrError) in
      try await Mittr(ScriptedTransport(.json(text))).events.get("evt_1")
    }
    #expect(event?.code == "INVALID_RESPONSE")
    #expect(event?.status == 200)
    let page = await failure { () throws(MittrError) in try await Mittr(ScriptedTransport(.json(text))).events.list() }
    #expect(page?.code == "INVALID_RESPONSE")
  }

  @Test("What has no id is no event: INVALID_RESPONSE, for a sent one with the key it was sent under")
  func withoutID() async {
    for answer in ["", "{}", #"{"id":null}"#, #"{"id":""}"#, #"{"id":[]}"#] {
      let transport = ScriptedTransport(
        .json(answer), .json(#"{"data":[{"id":"a"},\#(answer.isEmpty ? "{}" : answer)]}"#))
      let mittr = Mittr(transport)
      let sent = await failure { () throws(MittrError) in
        try await mittr.events.send(EventInput(eventType: "a", payload: [:]), idempotencyKey: "k")
      }
      #expect(sent?.code == .invalidResponse)
      #expect(sent?.idempotencyKey == "k")
      #expect(await failure { () throws(MittrError) in try await mittr.events.list() }?.code == .invalidResponse)
    }
    let endpoint = await failure { () throws(MittrError) in
      try await Mittr(ScriptedTransport(.json("{}"))).endpoints.get("ep_1")
    }
    #expect(endpoint?.code == .invalidResponse)
  }

  @Test("A byte order mark in front of an answer is passed over, whatever the answer is")
  func byteOrderMark() async throws {
    let mark = "\u{FEFF}"
    let transport = ScriptedTransport(
      .json(mark + #"{"id":"evt_1"}"#), .json(mark + #"{"data":[{"id":"evt_2"}]}"#), .json(mark + #"{"id":"evt_3"}"#),
      .json(mark + #"{"code":"NOT_FOUND","error":"gone"}"#, status: 404), .json(mark + #"{"ok":true}"#),
      .json(mark + "plain"))
    let mittr = Mittr(transport)
    #expect(try await mittr.events.get("evt_1").id == "evt_1")
    #expect(try await mittr.events.list().data.map(\.id) == ["evt_2"])
    #expect(try await mittr.events.replay("evt_3").id == "evt_3")
    #expect(await failure { () throws(MittrError) in try await mittr.events.get("x") }?.code == .notFound)
    #expect(try await mittr.request("GET", "/health") == ["ok": true])
    #expect(try await mittr.request("GET", "/health") == "plain")
  }

  @Test(
    "A page of the wrong shape is INVALID_RESPONSE",
    arguments: [
      #"{"data":null}"#, #"{"data":{}}"#, #"{"pagination":{}}"#, #"{"data":[1]}"#, #"{"data":[{},null]}"#,
      #"{"data":[],"pagination":{"hasMore":"yes"}}"#,
    ])
  func wrongPage(text: String) async {
    let error = await failure { () throws(MittrError) in try await Mittr(ScriptedTransport(.json(text))).events.list() }
    #expect(error?.code == "INVALID_RESPONSE")
  }
}
