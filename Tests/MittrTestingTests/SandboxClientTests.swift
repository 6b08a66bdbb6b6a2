import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MittrHummingbird
import MittrTesting
import NIOCore
import Testing

@Suite("The sandbox in a test")
struct SandboxClientTests {
  struct Order: Codable { var orderId: String }

  /// An application of a user, in ten lines.
  static func application(secret: WebhookSecret) -> some ApplicationProtocol {
    let router = Router()
    router.group("webhooks")
      .add(middleware: WebhookVerificationMiddleware(secret: secret))
      .post("mittr") { request, context in
        let order = try await request.decode(as: Order.self, context: context)
        return "thanks for \(order.orderId)"
      }
    return Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
  }

  @Test("an event goes from the client through the sandbox to the application, signed")
  func delivered() async throws {
    let configuration: SandboxConfiguration = {
      var configuration = SandboxConfiguration()
      configuration.directSecret = "whsec_direct"
      return configuration
    }()
    try await Self.application(secret: "whsec_direct").test(.live) { client in
      let port = try #require(client.port)
      try await Sandbox.withClient(configuration) { mittr, sandbox in
        _ = try await mittr.events.send(
          EventInput(
            destination: "http://127.0.0.1:\(port)/webhooks/mittr", payload: ["orderId": "ord_1"]))
        await sandbox.settle()
        let events = try await mittr.events.list().data
        #expect(events.map(\.status) == [.delivered], "\(events.map { $0.lastError ?? "" })")
      }
    }
  }

  @Test("an application that has another secret refuses, and the event is not delivered")
  func refused() async throws {
    try await Self.application(secret: "whsec_other").test(.live) { client in
      let port = try #require(client.port)
      try await Sandbox.withClient { mittr, sandbox in
        _ = try await mittr.events.send(
          EventInput(
            destination: "http://127.0.0.1:\(port)/webhooks/mittr", payload: ["orderId": "ord_1"], maxAttempts: 1))
        await sandbox.settle()
        #expect(try await mittr.events.list().data.first?.status != .delivered)
      }
    }
  }

  @Test("a body that throws ends client and sandbox all the same, and its error comes out")
  func throwing() async throws {
    struct Broken: Error {}
    let mittr = Box<Mittr>()
    await #expect(throws: Broken.self) {
      try await Sandbox.withClient { client, _ in
        mittr.value = client
        throw Broken()
      }
    }
    let client = try #require(mittr.value)
    await #expect(throws: MittrError.self) { try await client.with(retryPolicy: .never).events.list() }
  }

  private final class Box<Value: Sendable> {
    var value: Value?
  }

  @Test("a client of one's own transport records what the sandbox answered")
  func recording() async throws {
    try await Sandbox.with { sandbox in
      let transport = RecordingTransport()
      let mittr = sandbox.client(transport: transport, retryPolicy: .never)
      _ = try await mittr.events.send(EventInput(eventType: "order.created", payload: [:]), idempotencyKey: "k")
      #expect(transport.exchanges.count == 1)
      #expect((200..<300).contains(transport.exchanges[0].response?.status ?? 0))
      #expect(transport.exchanges[0].request.header("X-Idempotency-Key") == "k")
      await transport.shutdown()
    }
  }
}

@Suite("Signed deliveries for tests")
struct SignedDeliveryTests {
  @Test("a delivery is taken, a tampered or an old one is not")
  func deliveries() async throws {
    let fresh = SignedDelivery(["orderId": "ord_1"], secret: "whsec_test")
    let old = SignedDelivery(["orderId": "ord_1"], secret: "whsec_test", timestamp: UnixTime.now() - 301)
    let foreign = SignedDelivery(body: Array(#"{"orderId":"ord_1"}"#.utf8), secret: "whsec_other")
    try await SandboxClientTests.application(secret: "whsec_test").test(.router) { client in
      for (delivery, answer) in [
        (fresh, "thanks for ord_1"), (fresh.tampered(), "invalid signature"), (old, "invalid signature"),
        (foreign, "invalid signature"),
      ] {
        let response = try await client.execute(
          uri: "/webhooks/mittr", method: .post, headers: delivery.headers, body: ByteBuffer(bytes: delivery.body))
        #expect(String(buffer: response.body) == answer)
      }
    }
    #expect(String(decoding: fresh.body, as: UTF8.self) == #"{"orderId":"ord_1"}"#)
    #expect(fresh.headers[.mittrEventID] == "evt_test")
    #expect(fresh.headers[.contentType] == "application/json")
  }
}
