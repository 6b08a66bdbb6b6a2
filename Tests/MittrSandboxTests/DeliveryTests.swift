import MittrSandbox
import MittrWebhooks
import OrderedJSON
import Testing

@Suite("Delivering events")
struct DeliveryTests {
  @Test("a delivery carries the payload's exact bytes, Mittr's headers, a right signature and the event's own headers")
  func delivery() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration { $0.fixedClock = 1_706_123_456_789 }) { sandbox in
        let client = Client(sandbox)
        _ = try await client.endpoint(#"{"url": "\#(receiver.url)?x=1", "secret": "whsec_test"}"#)
        let event = try await client.send(
          #"{"eventType": "order.created", "payload": { "orderId": "ord_123", "amount": 9900 },"#
            + #""headers": {"X-Tenant": "t1", "X-Mittr-Signature": "v1=forged", "Host": "elsewhere"}}"#, key: "k")
        await sandbox.settle()

        let delivery = try #require(receiver.deliveries.first)
        #expect(receiver.deliveries.count == 1)
        #expect(delivery.path == "/hook?x=1")
        #expect(String(decoding: delivery.body, as: UTF8.self) == #"{"orderId":"ord_123","amount":9900}"#)
        #expect(delivery.header("X-Mittr-Event-ID") == event.json.id)
        #expect(delivery.header("X-Mittr-Timestamp") == "1706123456")
        // The vector of the documented format, computed with OpenSSL.
        #expect(
          delivery.header("X-Mittr-Signature")
            == "v1=99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029")
        #expect(delivery.header("X-Mittr-Trace-Id")?.utf8.count == 32)
        #expect(delivery.header("X-Tenant") == "t1")
        #expect(delivery.header("Content-Type") == "application/json")

        let stored = try await client.event(event.json.id)
        #expect(stored.status == "delivered")
        #expect(stored["attempts"]?.intValue == 1)
        #expect(stored["deliveredAt"]?.stringValue == "2024-01-24T19:10:56.789Z")
        #expect(
          try await client.get("/api/v1/events/\(event.json.id)/attempts").json["data"]?.description
            == #"[{"attempt":1,"at":"2024-01-24T19:10:56.789Z","statusCode":200}]"#)
      }
    }
  }

  @Test("an event with a destination goes there, signed with the sandbox's own secret")
  func destination() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration { $0.directSecret = "whsec_direct" }) { sandbox in
        let client = Client(sandbox)
        _ = try await client.endpoint(#"{"url": "\#(receiver.url)/subscriber"}"#)
        let event = try await client.send(#"{"destination": "\#(receiver.url)/direct", "payload": {"a": 1}}"#, key: "k")
        #expect(event.json["destination"]?.stringValue == "\(receiver.url)/direct")
        await sandbox.settle()
        #expect(receiver.deliveries.map(\.path) == ["/hook/direct"])
        let delivery = try #require(receiver.deliveries.first)
        let signer = WebhookSigner(secret: "whsec_direct")
        let timestamp = try #require(delivery.header("X-Mittr-Timestamp"))
        #expect(delivery.header("X-Mittr-Signature") == signer.signature(timestamp: timestamp, body: delivery.body))
      }
    }
  }

  @Test("a failed delivery is tried again on schedule until it succeeds")
  func retries() async throws {
    try await Receiver.with(500, 404, 200) { receiver in
      try await Sandbox.with(configuration { $0.timeScale = 10_000 }) { sandbox in
        let client = Client(sandbox)
        let id = try await client.send(#"{"destination": "\#(receiver.url)", "payload": {}}"#, key: "k").json.id
        let event = try await client.eventually(id, "delivered", sandbox)
        #expect(event["attempts"]?.intValue == 3)
        #expect(event["lastError"] == nil)
        let attempts = try await client.get("/api/v1/events/\(id)/attempts").items
        #expect(attempts.map { $0["statusCode"]?.intValue } == [500, 404, 200])
        #expect(
          attempts.map { $0["error"]?.stringValue } == ["the receiver answered 500", "the receiver answered 404", nil])
        let trace = receiver.deliveries.compactMap { $0.header("X-Mittr-Trace-Id") }
        #expect(Set(trace).count == 3)
      }
    }
  }

  @Test("an event whose last attempt fails is dead, and a replay starts it over")
  func dead() async throws {
    try await Receiver.with(500) { receiver in
      try await Sandbox.with(configuration { $0.timeScale = 10_000 }) { sandbox in
        let client = Client(sandbox)
        let id = try await client.send(
          #"{"destination": "\#(receiver.url)", "payload": {}, "maxAttempts": 2}"#, key: "k"
        ).json.id
        let event = try await client.eventually(id, "dead", sandbox)
        #expect(event["attempts"]?.intValue == 2)
        #expect(event["lastError"] == "the receiver answered 500")
        #expect(event["deliveredAt"] == nil)
        receiver.answer(204)
        #expect(try await client.post("/api/v1/events/\(id)/replay", "").status == 200)
        #expect(try await client.eventually(id, "delivered", sandbox)["attempts"]?.intValue == 1)
        #expect(receiver.deliveries.count == 3)
      }
    }
  }

  @Test("while the clock stands still what is due is delivered and what is due later is not")
  func fixedClock() async throws {
    try await Receiver.with(500) { receiver in
      try await Sandbox.with(configuration { ($0.fixedClock, $0.timeScale) = (0, 1_000_000) }) { sandbox in
        let client = Client(sandbox)
        let id = try await client.send(#"{"destination": "\#(receiver.url)", "payload": {}}"#, key: "k").json.id
        await sandbox.settle()
        _ = try await client.send(#"{"destination": "\#(receiver.url)", "payload": {}}"#, key: "l")
        await sandbox.settle()
        #expect(receiver.deliveries.count == 2)
        #expect(try await client.event(id).status == "failed")
      }
    }
  }

  @Test("an answer of 3xx is a failure and is not followed")
  func redirect() async throws {
    try await Receiver.with(302) { receiver in
      try await Sandbox.with(configuration()) { sandbox in
        let client = Client(sandbox)
        let id = try await client.send(
          #"{"destination": "\#(receiver.url)", "payload": {}, "maxAttempts": 1}"#, key: "k"
        ).json.id
        await sandbox.settle()
        #expect(try await client.event(id)["lastError"] == "the receiver answered 302")
        #expect(receiver.deliveries.map(\.path) == ["/hook"])
      }
    }
  }

  @Test(
    "deliveries leave this machine only when that is allowed",
    arguments: [
      ("http://192.0.2.1/", "'192.0.2.1' is not a loopback address, and remote deliveries are not allowed"),
      ("http://[2001:db8::1]/", "'2001:db8::1' is not a loopback address, and remote deliveries are not allowed"),
      ("https://192.0.2.1/", "'192.0.2.1' is not a loopback address, and remote deliveries are not allowed"),
      ("http://0.0.0.0/", "'0.0.0.0' is not a loopback address, and remote deliveries are not allowed"),
      ("http://nowhere.invalid/", "'nowhere.invalid' does not resolve"),
    ])
  func loopbackOnly(url: String, error: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let id = try await client.send(
        #"{"destination": "\#(url)", "payload": {}, "maxAttempts": 1}"#, key: "k"
      ).json.id
      await sandbox.settle()
      let event = try await client.event(id)
      #expect(event.status == "dead")
      #expect(event["lastError"]?.stringValue == error)
    }
  }

  @Test("localhost is reached by name, and its receiver sees that name")
  func localhost() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration()) { sandbox in
        let port = receiver.url.split(separator: ":")[2]
        _ = try await Client(sandbox).send(
          #"{"destination": "http://localhost:\#(port)", "payload": {}, "maxAttempts": 1}"#, key: "k")
        await sandbox.settle()
        #expect(receiver.deliveries.first?.header("Host")?.hasPrefix("localhost:") ?? true)
        #expect(receiver.deliveries.count == 1)
      }
    }
  }

  @Test("nobody listening and no answer in time are failures that say so")
  func unreachable() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let refused = try await client.send(
        #"{"destination": "http://127.0.0.1:1/", "payload": {}, "maxAttempts": 1}"#, key: "k"
      ).json.id
      _ = try await client.endpoint(
        #"{"url": "http://sandbox.localhost/_sandbox/receivers/slow?ms=60000", "timeoutMs": 50, "maxRetries": 1}"#)
      let late = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "l").json.id
      await sandbox.settle()
      #expect(try await client.event(refused)["lastError"] == "cannot connect to 127.0.0.1:1")
      #expect(try await client.event(late)["lastError"] == "no answer within 50 ms")
      #expect(try await client.event(late).status == "dead")
    }
  }

  @Test(
    "the sandbox's own receivers take deliveries under the name sandbox.localhost",
    arguments: [
      ("ok", "delivered"), ("fail", "dead"), ("slow?ms=1", "delivered"),
    ])
  func ownReceivers(name: String, status: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let id = try await client.send(
        #"{"destination": "http://sandbox.localhost/_sandbox/receivers/\#(name)", "payload": {}, "maxAttempts": 1}"#,
        key: "k"
      ).json.id
      await sandbox.settle()
      #expect(try await client.event(id).status == status)
    }
  }

  @Test("a disabled endpoint's events wait until it is enabled; those of a deleted one are dead")
  func disabled() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
        let client = Client(sandbox)
        let path = "/api/v1/endpoints/00000000-0000-4000-8000-000000000001"
        let events = try await client.get("/api/v1/events?status=delivered&limit=2").ids
        _ = try await client.patch(path, #"{"enabled": false, "url": "\#(receiver.url)"}"#)
        _ = try await client.post("/api/v1/events/\(events[0])/replay", "")
        await sandbox.settle()
        #expect(try await client.event(events[0]).status == "pending")
        _ = try await client.patch(path, #"{"enabled": true}"#)
        await sandbox.settle()
        #expect(try await client.event(events[0]).status == "delivered")
        #expect(receiver.deliveries.count == 1)

        _ = try await client.patch(path, #"{"enabled": false}"#)
        _ = try await client.post("/api/v1/events/\(events[1])/replay", "")
        _ = try await client.call("DELETE", path)
        await sandbox.settle()
        #expect(try await client.event(events[1]).status == "dead")
        #expect(try await client.event(events[1])["lastError"] == "the endpoint was deleted")
        #expect(receiver.deliveries.count == 1)
      }
    }
  }

  @Test("without delivery events stay pending")
  func noDelivery() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
        let client = Client(sandbox)
        let id = try await client.send(#"{"destination": "\#(receiver.url)", "payload": {}}"#, key: "k").json.id
        await sandbox.settle()
        #expect(try await client.event(id).status == "pending")
        #expect(receiver.deliveries.isEmpty)
      }
    }
  }

  @Test("500 events are all delivered, each once")
  func many() async throws {
    try await Receiver.with { receiver in
      try await Sandbox.with(configuration()) { sandbox in
        let client = Client(sandbox)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<500 {
            group.addTask {
              _ = try await client.send(
                #"{"destination": "\#(receiver.url)", "payload": {"n": \#(number)}}"#, key: "\(number)")
            }
          }
          try await group.waitForAll()
        }
        await sandbox.settle()
        #expect(receiver.deliveries.count == 500)
        #expect(Set(receiver.deliveries.map(\.body)).count == 500)
        let stats = try await client.get("/_sandbox/stats").json["deliveries"]
        #expect(stats?.description == #"{"attempts":500,"delivered":500,"failed":0}"#)
      }
    }
  }
}

extension Client {
  /// The event once it has this status. Retries that are due in a moment are waited for.
  func eventually(_ id: String, _ status: String, _ sandbox: RunningSandbox) async throws -> JSONValue {
    while true {
      await sandbox.settle()
      let event = try await event(id)
      if event.status == status { return event }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}
