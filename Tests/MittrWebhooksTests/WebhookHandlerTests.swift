import HTTPTypes
import MittrWebhooks
import Testing

@Suite("The framework-neutral handler")
struct WebhookHandlerTests {
  static let vector = SignatureVector.order
  static let verifier = WebhookVerifier(secret: "whsec_test", now: { 1_706_123_456 })

  static func request() throws -> HTTPRequest {
    var request = HTTPRequest(method: .post, scheme: "https", authority: "shop.example", path: "/webhooks/mittr")
    for (name, value) in vector.headers { request.headerFields[try #require(HTTPField.Name(name))] = value }
    return request
  }

  static func answer(_ outcome: WebhookHandler.Outcome) -> WebhookAnswer? {
    if case .rejected(let answer) = outcome { answer } else { nil }
  }

  @Test("a right and fresh request goes on")
  func verified() throws {
    #expect(
      Self.answer(WebhookHandler(verifier: Self.verifier).handle(try Self.request(), body: Self.vector.body)) == nil)
  }

  @Test("any other is answered 401 'invalid signature' in plain text")
  func rejected() throws {
    let handler = WebhookHandler(verifier: Self.verifier)
    let answer = try #require(Self.answer(handler.handle(try Self.request(), body: [])))
    #expect(answer.response.status == .unauthorized)
    #expect(answer.response.headerFields[.contentType] == "text/plain; charset=utf-8")
    #expect(answer.body == Array("invalid signature".utf8))
  }

  @Test("onInvalid makes another answer, from the request and the reason")
  func teapot() throws {
    let handler = WebhookHandler(verifier: Self.verifier) { request, failure in
      WebhookAnswer(status: .init(code: 418), text: "\(request.path ?? "-") \(failure.reason)")
    }
    let answer = try #require(Self.answer(handler.handle(try Self.request(), body: [])))
    #expect(answer.response.status.code == 418)
    #expect(String(decoding: answer.body, as: UTF8.self) == "/webhooks/mittr mismatch")
  }

  @Test("a handler made from a secret goes by its tolerance and the system's clock")
  func tolerance() throws {
    let request = try Self.request()
    #expect(Self.answer(WebhookHandler(secret: "whsec_test").handle(request, body: Self.vector.body)) != nil)
    let lenient = WebhookHandler(secret: "whsec_test", toleranceSeconds: .max)
    #expect(Self.answer(lenient.handle(request, body: Self.vector.body)) == nil)
  }
}
