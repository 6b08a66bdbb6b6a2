import Hummingbird
import HummingbirdTesting
import MittrHummingbird
import MittrTesting
import Testing

/// The articles of MittrHummingbird and MittrTesting.
@Suite("The articles of MittrHummingbird and MittrTesting")
struct HummingbirdSnippets {
  struct Order: Codable { var orderId: String }

  actor Log {
    private(set) var lines: [String] = []
    func write(_ line: String) { lines.append(line) }
  }

  static func application(secret: WebhookSecret) -> some ApplicationProtocol {
    let router = Router()
    router.group("webhooks").add(middleware: WebhookVerificationMiddleware(secret: secret)).post("mittr") { _, _ in "ok"
    }
    return Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
  }

  @Test("An application verifies, decodes and answers")
  func middleware() async throws {
    // snippet
    let router = Router()
    router.group("webhooks")
      .add(middleware: WebhookVerificationMiddleware(secret: "whsec_sandbox"))
      .post("mittr") { request, context in
        let order = try await request.decode(as: Order.self, context: context)
        return "thanks for \(order.orderId)"
      }
    let application = Application(router: router)
    // end
    let delivery = SignedDelivery(["orderId": "ord_123"], secret: "whsec_sandbox")
    try await application.test(.router) { client in
      for (delivery, answer) in [(delivery, "thanks for ord_123"), (delivery.tampered(), "invalid signature")] {
        let response = try await client.execute(
          uri: "/webhooks/mittr", method: .post, headers: delivery.headers, body: ByteBuffer(bytes: delivery.body))
        #expect(String(buffer: response.body) == answer)
      }
    }
  }

  @Test("A refusal is logged")
  func logging() async throws {
    let log = Log()
    // snippet
    let middleware = WebhookVerificationMiddleware<BasicRequestContext>(
      secret: "whsec_new", previousSecrets: ["whsec_old"]
    ) { request, error in
      await log.write("\(request.path ?? "") refused: \(error.reason)")
      return .invalidSignature
    }
    // end
    let router = Router()
    router.add(middleware: middleware).post("hook") { _, _ in "ok" }
    try await Application(router: router).test(.router) { client in
      let response = try await client.execute(uri: "/hook", method: .post)
      #expect(response.status == .unauthorized)
    }
    #expect(await log.lines == ["/hook refused: missing-signature"])
  }

  @Test("A server in the test, a signed request, answers from a script")
  func testing() async throws {
    let application = Self.application(secret: "whsec_sandbox")
    // snippet
    try await application.test(.live) { client in
      try await Sandbox.withClient { mittr, sandbox in
        let url = "http://127.0.0.1:\(client.port ?? 0)/webhooks/mittr"
        try await mittr.events.send(EventInput(destination: url, payload: ["orderId": "ord_123"]))
        await sandbox.settle()
        #expect(try await mittr.events.list().data.first?.status == .delivered)
      }
    }
    // end
    // snippet
    let delivery = SignedDelivery(["orderId": "ord_123"], secret: "whsec_sandbox")
    try await application.test(.router) { client in
      let response = try await client.execute(
        uri: "/webhooks/mittr", method: .post, headers: delivery.headers, body: ByteBuffer(bytes: delivery.body))
      #expect(response.status == .ok)
    }
    // end
    // snippet
    let transport = ScriptedTransport(
      .rateLimited(retryAfter: 60), .json(["id": "evt_1", "status": "pending"], status: 202))
    let mittr = Mittr(transport)
    try await mittr.events.send(EventInput(eventType: "order.created", payload: ["orderId": "ord_123"]))
    #expect(transport.requests.map(\.method) == ["POST", "POST"])
    // end
  }
}
