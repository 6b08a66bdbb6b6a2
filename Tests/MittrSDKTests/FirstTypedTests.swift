#if Codable
  import Foundation
  import MittrSDK
  import Testing

  /// What somebody types first who has never seen the package, with nothing imported but the SDK and Foundation. It must
  /// compile, and do what it says.
  @Suite("The lines that are typed first")
  struct FirstTypedTests {
    struct Order: Codable, Sendable, Hashable {
      enum Status: String, Codable, Sendable { case placed, paid, shipped }
      struct Line: Codable, Sendable, Hashable {
        var sku: String
        var quantity: Int
        var price: Decimal
      }
      var id: String
      var placedAt: Date
      var total: Decimal
      var weight: Double
      var note: String?
      var status: Status
      var lines: [Line]

      static let sample = Order(
        id: "ord_123", placedAt: Date(timeIntervalSince1970: 1_706_123_456.5), total: Decimal(string: "99.90") ?? 0,
        weight: 1.5, note: nil, status: .placed, lines: [Line(sku: "A-1", quantity: 2, price: 50)])
      static let text =
        #"{"id":"ord_123","placedAt":"2024-01-24T19:10:56.500Z","total":99.9,"weight":1.5,"status":"placed","#
        + #""lines":[{"sku":"A-1","quantity":2,"price":50}]}"#
    }

    private static let sent: Result<TransportResponse, TransportError> = .json(#"{"id":"evt_1","status":"pending"}"#)

    @Test("Sending a type of one's own, in two ways")
    func sendOrder() async throws {
      let transport = ScriptedTransport(Self.sent, Self.sent)
      let mittr = Mittr(transport)
      let order = Order.sample
      let event = try await mittr.events.send(
        EventInput(eventType: "order.created", payload: order), idempotencyKey: "order-\(order.id)-created")
      #expect(event.id == "evt_1")
      try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
      for request in transport.requests {
        #expect(request.bodyText == #"{"eventType":"order.created","payload":\#(Order.text)}"#)
        #expect(request.header("X-Idempotency-Key") == "order-ord_123-created")
      }
    }

    @Test("Literals, with variables in them or not, keep their order and need no try")
    func literals() async throws {
      let (id, amount): (String, Int) = ("7", 9900)
      let note: String? = nil
      let inputs = [
        EventInput(eventType: "a", payload: ["orderId": "ord_1", "amount": 9900]),
        EventInput(eventType: "a", payload: ["amount": 99.90]),
        EventInput(eventType: "a", payload: ["orderId": "ord_\(id)"]),
        EventInput(eventType: "a", payload: ["orderId": id, "amount": amount]),
        EventInput(eventType: "a", payload: ["z": id, "a": id]),
        EventInput(eventType: "a", payload: [:]),
        EventInput(eventType: "a", payload: ["note": note, "at": Date(timeIntervalSince1970: 0), "of": ["x": id]]),
        EventInput(eventType: "a", payload: ["b": nil, "a": [1, "x", ["y": [:]]], "c": []]),
        EventInput(destination: "https://x.test", payload: ["total": Decimal(99), "ok": true]),
      ]
      #expect(
        inputs.map { $0.payload?.description } == [
          #"{"orderId":"ord_1","amount":9900}"#, #"{"amount":99.9}"#, #"{"orderId":"ord_7"}"#,
          #"{"orderId":"7","amount":9900}"#, #"{"z":"7","a":"7"}"#, "{}",
          #"{"note":null,"at":"1970-01-01T00:00:00Z","of":{"x":"7"}}"#, #"{"b":null,"a":[1,"x",{"y":{}}],"c":[]}"#,
          #"{"total":99,"ok":true}"#,
        ])
      let transport = ScriptedTransport(Self.sent, Self.sent)
      try await Mittr(transport).events.send("a", ["orderId": "ord_\(id)", "amount": amount])
      try await Mittr(transport).events.send("a", JSONValue(parsing: #"{"n":1.10}"#))
      #expect(
        transport.requests.map(\.bodyText) == [
          #"{"eventType":"a","payload":{"orderId":"ord_7","amount":9900}}"#, #"{"eventType":"a","payload":{"n":1.10}}"#,
        ])
    }

    @Test("Headers are a dictionary, a priority is a number")
    func headers() {
      let headers: [String: String] = ["X-Tenant": "a", "X-A": "b"]
      let priority = 3
      #expect(
        EventInput(eventType: "x", payload: [:], headers: headers, priority: priority).json.description
          == #"{"eventType":"x","payload":{},"headers":{"X-A":"b","X-Tenant":"a"},"priority":3}"#)
      #expect(EventInput(eventType: "x", payload: [:], headers: ["X-Tenant": "a"]).headers == ["X-Tenant": "a"])
    }

    @Test("Replaying what failed since a time, with each payload as a type of one's own")
    func replayFailed() async throws {
      let transport = ScriptedTransport(
        .json(#"{"data":[{"id":"evt_1","payload":\#(Order.text)}],"pagination":{"hasMore":false}}"#), Self.sent)
      let mittr = Mittr(transport)
      let since = Date(timeIntervalSince1970: 1_706_123_456)
      for try await event in mittr.events.iterate(.init(status: .failed, since: since)) {
        let order = try event.payload.decode(as: Order.self)
        #expect(order == Order.sample)
        try await mittr.events.replay(event.id)
      }
      #expect(
        transport.requests.map(\.target) == [
          "/api/v1/events?status=failed&since=2024-01-24T19%3A10%3A56Z&limit=100", "/api/v1/events/evt_1/replay",
        ])
      #expect(EventListParameters(status: .failed) == EventListParameters(status: "failed"))
      #expect(EventListParameters(since: Date(timeIntervalSince1970: 0)).since == "1970-01-01T00:00:00Z")
      #expect(EventListParameters(until: .distantFuture).until == "4001-01-01T00:00:00Z")
      #expect(EventListParameters(since: Date(timeIntervalSince1970: .infinity)).since == "9999-12-31T23:59:59.999Z")
      #expect(EventListParameters(since: nil).since == nil)
    }

    @Test("An event's payload and times are types of Swift, and the exact text is there")
    func eventTypes() throws {
      let event = try Event(json: [
        "id": "evt_1", "createdAt": "2026-11-23T17:26:00.123456+01:00", "deliveredAt": "soon",
        "headers": ["a": "b", "n": 1], "payload": ["orderId": 7],
      ])
      #expect(event.createdAt == Date(timeIntervalSince1970: 1_795_451_160.123456))
      #expect(event.createdAtText == "2026-11-23T17:26:00.123456+01:00")
      #expect(event.updatedAt == nil)
      #expect(event.deliveredAt == nil)
      #expect(event.headers == ["a": "b"])
      #expect(try event.payload(as: [String: Int].self) == ["orderId": 7])
      let error = #expect(throws: MittrError.self) { try event.payload(as: [String: String].self) }
      #expect(error?.code == .invalidPayload)
      #expect(
        error?.message == "the payload of evt_1 is not what was to be read: orderId: expected a string, found a number")
    }

    @Test("The same client with another limit, in one line")
    func timeout() async throws {
      let transport = ScriptedTransport(Self.sent)
      _ = try await Mittr(transport).with(timeout: .seconds(2)).events.get("x")
      #expect(transport.requests.map(\.timeout) == [.seconds(2)])
    }

    @Test("What is thrown can be switched on")
    func handle() async {
      let transport = ScriptedTransport(.json(#"{"error":"slow down","code":"RATE_LIMITED"}"#, status: 429))
      do {
        try await Mittr(transport, retryPolicy: .never).events.send(
          EventInput(eventType: "order.created", payload: [:]))
        Issue.record("nothing was thrown")
      } catch {
        switch error.code {
        case .badRequest, .unauthorized, .quotaExceeded, .conflict, .outcomeUnknown: Issue.record("\(error)")
        case .rateLimited: #expect(error.message == "slow down")
        default: Issue.record("\(error)")
        }
      }
    }

    // MARK: Bad input

    private struct Refusal: Error, CustomStringConvertible { let description = "no\u{1B}[2J" }

    private struct Refusing: Encodable, Sendable {
      func encode(to encoder: any Encoder) throws { throw Refusal() }
    }

    @Test("What cannot be a payload is INVALID_PAYLOAD, before anything is sent")
    func invalidPayloads() async {
      let transport = ScriptedTransport()
      let mittr = Mittr(transport)
      let weights: [String: [Double]] = ["weights": [1, .nan]]
      let errors = [
        await failure { () throws(MittrError) in try await mittr.events.send("a", "text" as String) },
        await failure { () throws(MittrError) in try await mittr.events.send("a", [Order.sample]) },
        await failure { () throws(MittrError) in try await mittr.events.send("a", Date(timeIntervalSince1970: 0)) },
        await failure { () throws(MittrError) in try await mittr.events.send("a", nil as Order?) },
        await failure { () throws(MittrError) in try await mittr.events.send("a", Refusing()) },
        await failure { () throws(MittrError) in try await mittr.events.send("a", ["x": Refusing()]) },
        await failure { () throws(MittrError) in
          try await mittr.events.send(EventInput(destination: "https://x.test", payload: weights))
        },
        await failure { () throws(MittrError) in
          var order = Order.sample
          order.placedAt = Date(timeIntervalSince1970: 1e12)
          return try await mittr.events.send("a", order)
        },
      ]
      #expect(errors.allSatisfy { $0?.code == .invalidPayload && $0?.isOutcomeUnknown == false })
      #expect(errors[0]?.problems == [FieldProblem(field: "payload", message: "must be an object")])
      #expect(
        errors.map { $0?.message } == [
          "a payload is a JSON object, and this one encodes to a string",
          "a payload is a JSON object, and this one encodes to an array",
          "a payload is a JSON object, and this one encodes to a string",
          "a payload is a JSON object, and this one encodes to null",
          #"the payload cannot be encoded: no\e[2J"#, #"the payload cannot be encoded: no\e[2J"#,
          "the payload cannot be encoded: weights[1]: JSON has no nan",
          "the payload cannot be encoded: placedAt: ISO 8601 has the years 0 to 9999 only",
        ])
      #expect(transport.requests.isEmpty)
    }
  }
#endif
