import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MittrHummingbird
import MittrWebhooks
import Testing

/// A real application on a real socket: `/webhook` is behind the middleware and answers with the body that it was given.
@Suite("Webhook verification in Hummingbird")
struct WebhookVerificationMiddlewareTests {
  static let secret: WebhookSecret = "whsec_test"
  static let now = 1_706_123_456

  @Test("a signed body goes on byte for byte", arguments: [0, 1, 255, 256, 65_537, 1_048_576])
  func signed(size: Int) async throws {
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try await Self.application().test(.live) { client in
      let response = try await Self.post(body, signedAs: body, with: client)
      #expect(response.status == .ok)
      #expect(Array(response.body.readableBytesView) == body)
    }
  }

  @Test("a body changed in one bit is refused, and the handler never sees it")
  func tampered() async throws {
    let signed = Array(#"{"orderId":"ord_123","amount":9900}"#.utf8)
    let sent = signed.enumerated().map { $0 == 10 ? $1 ^ 1 : $1 }
    try await Self.application().test(.live) { client in
      let response = try await Self.post(sent, signedAs: signed, with: client)
      #expect(response.status == .unauthorized)
      #expect(String(buffer: response.body) == "invalid signature")
      #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
    }
  }

  @Test("NUL, line breaks and what is no UTF-8 go on as they are")
  func binary() async throws {
    let body: [UInt8] = [0, 0xFF, 0xC3, 0x28, 13, 10, 0xEF, 0xBB, 0xBF, 0xED, 0xA0, 0x80, 0] + Array(0...255)
    try await Self.application().test(.live) { client in
      let response = try await Self.post(body, signedAs: body, with: client)
      #expect(response.status == .ok)
      #expect(Array(response.body.readableBytesView) == body)
    }
  }

  @Test("a right signature is refused outside the tolerance given", arguments: [(60, 200), (59, 401)])
  func tolerance(seconds: Int, status: Int) async throws {
    let verifier = WebhookVerifier(secret: Self.secret, toleranceSeconds: seconds, now: { Self.now + 60 })
    try await Self.application(handler: WebhookHandler(verifier: verifier)).test(.live) { client in
      let response = try await Self.post([1, 2], signedAs: [1, 2], with: client)
      #expect(response.status.code == status)
    }
  }

  @Test("a request without a signature is refused")
  func unsigned() async throws {
    try await Self.application().test(.live) { client in
      let response = try await client.executeRequest(uri: "/webhook", method: .post, headers: [:], body: nil)
      #expect(response.status == .unauthorized)
    }
  }

  @Test("an answer of one's own is sent, with its status, headers and body")
  func teapot() async throws {
    let handler = WebhookHandler(verifier: Self.verifier) { request, failure in
      WebhookAnswer(status: .init(code: 418), text: "\(request.path ?? ""): \(failure.reason)")
    }
    try await Self.application(handler: handler).test(.live) { client in
      let response = try await client.executeRequest(uri: "/webhook", method: .post, headers: [:], body: nil)
      #expect(response.status.code == 418)
      #expect(String(buffer: response.body) == "/webhook: missing-signature")
    }
  }

  @Test("an onInvalid that waits is waited for, and a previous secret is accepted")
  func secrets() async throws {
    let router = Router()
    router.group("webhook")
      .add(
        middleware: WebhookVerificationMiddleware(
          secret: "whsec_new", previousSecrets: ["whsec_old"], toleranceSeconds: 60
        ) { request, failure in
          await Task.yield()
          return WebhookAnswer(status: .badRequest, text: "\(request.path ?? "") \(failure.reason)")
        }
      )
      .post { _, _ in "taken" }
    try await Application(router: router).test(.router) { client in
      for (secret, age, status) in [
        ("whsec_new", 0, 200), ("whsec_old", 0, 200), ("other", 0, 400), ("whsec_new", 70, 400),
      ] {
        let headers = WebhookSigner(secret: WebhookSecret(secret)).headerFields(
          timestamp: UnixTime.now() - age, body: "{}".utf8)
        let response = try await client.execute(
          uri: "/webhook", method: .post, headers: headers, body: ByteBuffer(string: "{}"))
        #expect(response.status.code == status, "\(secret) \(age)")
        if age > 0 { #expect(String(buffer: response.body) == "/webhook stale-timestamp") }
      }
    }
  }

  @Test("a body as large as the bound passes; one byte more is answered 413", arguments: [(0, 200), (1, 413)])
  func bound(excess: Int, status: Int) async throws {
    let bound = 4096
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: bound + excess)
    try await Self.application(maximumBodySize: bound).test(.live) { client in
      let response = try await Self.post(body, signedAs: body, with: client)
      #expect(response.status.code == status)
    }
  }

  @Test("other routes of the application are not touched")
  func otherRoutes() async throws {
    try await Self.application().test(.live) { client in
      let response = try await client.executeRequest(uri: "/open", method: .get, headers: [:], body: nil)
      #expect(String(buffer: response.body) == "open")
    }
  }

  static let verifier = WebhookVerifier(secret: secret, now: { now })

  static func application(
    handler: WebhookHandler = WebhookHandler(verifier: verifier), maximumBodySize: Int = 10 * 1024 * 1024
  ) -> some ApplicationProtocol {
    let router = Router()
    router.get("open") { _, _ in "open" }
    router.group("webhook")
      .add(middleware: WebhookVerificationMiddleware(handler: handler, maximumBodySize: maximumBodySize))
      .post { request, _ in try await request.body.collect(upTo: .max) }
    return Application(router: router)
  }

  static func post(
    _ body: [UInt8], signedAs signed: [UInt8], with client: any TestClientProtocol
  ) async throws -> TestResponse {
    var headers = HTTPFields()
    for (name, value) in WebhookSigner(secret: secret).headers(timestamp: now, body: signed) {
      headers[try #require(HTTPField.Name(name))] = value
    }
    return try await client.executeRequest(
      uri: "/webhook", method: .post, headers: headers, body: ByteBuffer(bytes: body))
  }
}
