import MittrSDK
import MittrTesting
import Testing

// snippet
struct Order: Codable, Sendable {
  var id: String
  var amount: Int
}
// end

/// The articles of MittrSDK, on a sandbox or a script.
@Suite("The articles of MittrSDK")
struct SDKSnippets {
  let order = Order(id: "ord_123", amount: 9900)
  let apiKey = "mtr_test"

  @Test("Getting started, payloads, idempotency")
  func sending() async throws {
    try await Sandbox.withClient { mittr, sandbox in
      do {
        // snippet
        let endpoint = try await mittr.endpoints.create(
          EndpointInput(url: "https://shop.example/webhooks/mittr", eventTypes: ["order.*"]))
        // end
        #expect(endpoint.secret?.hasPrefix("whsec_") == true)
      }
      // snippet
      let event = try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
      let again = try event.payload(as: Order.self)
      // end
      #expect(again.amount == 9900)
      // snippet
      try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
      // end
      #expect(try await mittr.events.list().data.count == 1)
      let changed = Order(id: "ord_123", amount: 1)
      // snippet
      do throws(MittrError) {
        try await mittr.events.send("order.created", changed, idempotencyKey: "order-ord_123-created")
      } catch {
        if error.code == "CONFLICT" { print("another event was sent under this key") }
      }
      // end
      let conflict = await #expect(throws: MittrError.self) {
        try await mittr.events.send("order.created", changed, idempotencyKey: "order-ord_123-created")
      }
      #expect(conflict?.code == "CONFLICT")
    }
  }

  @Test("A payload by hand keeps its order")
  func literal() {
    // snippet
    let payload: JSONValue = ["orderId": "ord_123", "amount": 9900, "paid": true, "note": nil]
    // end
    #expect(payload.description == #"{"orderId":"ord_123","amount":9900,"paid":true,"note":null}"#)
  }

  @Test("The lines that reach the platform compile; nothing is sent where there is nothing")
  func platform() async throws {
    func send() async throws {
      // snippet
      let mittr = Mittr(apiKey: apiKey)
      try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
      // end
    }
    func replay() async throws {
      // snippet
      let mittr = Mittr(apiKey: apiKey)
      try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
      for try await event in mittr.events.iterate(EventListParameters(status: .failed)) {
        try await mittr.events.replay(event.id)
      }
      // end
    }
    func start() async throws {
      // snippet
      let mittr = Mittr(apiKey: apiKey)
      let event = try await mittr.events.send(
        EventInput(eventType: "order.created", payload: ["orderId": "ord_123", "amount": 9900]))
      print(event)
      // end
    }
    let mittr = Mittr(ScriptedTransport())
    // snippet
    await mittr.shutdown()
    // end
    _ = (send, start, replay)
  }

  @Test("Errors by their code, and outcomes that nobody knows")
  func errors() async throws {
    func replay(_ answer: ScriptedAnswer) -> Mittr { Mittr(ScriptedTransport(answer), retryPolicy: .never) }
    for code in ["NOT_FOUND", "RATE_LIMITED", "UNAUTHORIZED", "OTHER"] {
      let mittr = replay(.error(code, status: 404))
      // snippet
      do throws(MittrError) {
        let event = try await mittr.events.replay("evt_1")
        print(event)
      } catch {
        switch error.code {
        case "NOT_FOUND": print("there is no such event")
        case "RATE_LIMITED": print("too fast, even after the retries")
        case "UNAUTHORIZED": print("check the key")
        default: print(error)
        }
      }
      // end
    }
    let mittr = replay(.failure(.connectionLost))
    // snippet
    do throws(MittrError) {
      let event = try await mittr.events.replay("evt_1")
      print(event)
    } catch {
      if error.isOutcomeUnknown { print("look at the event before you replay it again") }
    }
    // end
    let error = await #expect(throws: MittrError.self) {
      try await replay(.failure(.connectionLost)).events.replay("evt_1")
    }
    #expect(error?.isOutcomeUnknown == true)
  }

  @Test("Replaying what failed, all of it or a page")
  func replaying() async throws {
    var configuration = SandboxConfiguration()
    configuration.seed = .demo
    configuration.delivers = false
    try await Sandbox.withClient(configuration) { mittr, _ in
      // snippet
      let page = try await mittr.events.list(EventListParameters(status: .failed, limit: 20))
      print(page.data.count)
      // end
      #expect(!page.data.isEmpty)
      // snippet
      for try await event in mittr.events.iterate(EventListParameters(status: .failed)) {
        try await mittr.events.replay(event.id)
      }
      // end
      #expect(try await mittr.events.list(EventListParameters(status: .failed)).data.isEmpty)
    }
  }

  @Test("Settings of a server")
  func production() async {
    let environment = ["HTTPS_PROXY": "http://127.0.0.1:3128"]
    do {
      // snippet
      let mittr = Mittr(apiKey: apiKey, retryPolicy: .never, timeout: .seconds(5))
      // end
      #expect(!"\(mittr)".contains("mtr_test"))
      await mittr.shutdown()
    }
    // snippet
    let mittr = Mittr(apiKey: apiKey, network: NetworkConfiguration(environment: environment))
    // end
    await mittr.shutdown()
  }
}
