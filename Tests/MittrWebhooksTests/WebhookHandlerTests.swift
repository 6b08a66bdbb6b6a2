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

  @Test("where only the headers are at hand, they are verified and handed on")
  func headersOnly() throws {
    let handler = WebhookHandler(verifier: Self.verifier) { request, failure in
      let agent = request.headerFields[.userAgent] ?? "-"
      return WebhookAnswer(
        status: .badRequest, text: "\(request.method) \(request.path ?? "-") \(agent) \(failure.reason)")
    }
    #expect(handler.handle(Self.vector.headers, body: Self.vector.body) == .verified)
    let headers = Self.vector.headers.merging(["User-Agent": "mittr", "not a name": "x"]) { $1 }
    let answer = try #require(Self.answer(handler.handle(headers, body: [])))
    #expect(String(decoding: answer.body, as: UTF8.self) == "POST - mittr mismatch")
  }

  @Test("secrets before this one are accepted while it is being rotated")
  func rotation() {
    let handler = WebhookHandler(secret: "whsec_new", previousSecrets: ["whsec_old"])
    for secret: WebhookSecret in ["whsec_new", "whsec_old"] {
      #expect(handler.handle(WebhookSigner(secret: secret).headers(body: [1]), body: [1]) == .verified)
    }
    #expect(handler.handle(WebhookSigner(secret: "whsec_other").headers(body: [1]), body: [1]) != .verified)
  }

  @Test("an onInvalid that waits is waited for, whatever the headers are")
  func asynchronous() async throws {
    let log = Log()
    let handler = WebhookHandler(verifier: Self.verifier) { request, failure in
      await log.add("\(request.path ?? "-") \(failure.reason)")
      return WebhookAnswer(status: .init(code: 418), text: "teapot")
    }
    let named = Self.vector.headers.map { (name: $0.key, value: $0.value) }
    let outcomes = [
      await handler.handle(try Self.request(), body: []), await handler.handle(Self.vector.headers, body: []),
      await handler.handle(named, body: []),
    ]
    for outcome in outcomes { #expect(Self.answer(outcome)?.response.status.code == 418) }
    #expect(await log.lines == ["/webhooks/mittr mismatch", "- mismatch", "- mismatch"])
    #expect(await handler.handle(named, body: Self.vector.body) == .verified)
  }

  @Test("code that cannot wait answers 401 where onInvalid would have to be waited for")
  func atOnce() async {
    let log = Log()
    let handler = WebhookHandler(secret: "whsec_test") { _, failure in
      await log.add("\(failure)")
      return WebhookAnswer(status: .init(code: 418), text: "teapot")
    }
    func outcome() -> WebhookHandler.Outcome { handler.handle(Self.vector.headers, body: []) }
    #expect(outcome() == .rejected(.invalidSignature))
    #expect(await log.lines == [])
  }

  private actor Log {
    private(set) var lines: [String] = []

    func add(_ line: String) { lines.append(line) }
  }
}
