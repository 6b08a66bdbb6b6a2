import Foundation
import MittrWebhooks
import NIOCore
import NIOHTTP1
import Testing

/// The articles of MittrWebhooks.
@Suite("The articles of MittrWebhooks")
struct WebhookSnippets {
  struct Order: Codable { var orderId: String }

  struct Receiver {
    let verifier = WebhookVerifier(secret: "whsec_test")
    let handler = WebhookHandler(secret: "whsec_test")

    // snippet
    func receive(_ request: Request) async throws -> HTTPStatus {
      let body = request.body.data?.readableBytesView ?? ByteBufferView()
      guard let order = try? verifier.verify(Order.self, headers: request.headers, body: body) else {
        throw Abort(.unauthorized)
      }
      print("order \(order.orderId)")
      return .ok
    }
    // end

    // snippet
    func respond(to head: HTTPRequestHead, body: ByteBuffer) -> HTTPResponseStatus {
      switch handler.handle(head.headers, body: body.readableBytesView) {
      case .verified: .ok
      case .rejected(let answer): HTTPResponseStatus(statusCode: answer.response.status.code)
      }
    }
    // end

    // snippet
    func handle(_ event: GatewayRequest) -> GatewayResponse {
      let text = event.body ?? ""
      let body = event.isBase64Encoded ? Data(base64Encoded: text) ?? Data() : Data(text.utf8)
      do throws(WebhookVerificationError) {
        try verifier.verify(headers: event.headers, body: body)
        return GatewayResponse(statusCode: 200)
      } catch {
        return GatewayResponse(statusCode: 401)
      }
    }
    // end
  }

  /// What Vapor calls by these names, as far as the article needs it: its headers are those of NIO.
  typealias HTTPStatus = HTTPResponseStatus
  struct Request {
    struct Body { var data: ByteBuffer? }
    var headers: HTTPHeaders
    var body: Body
  }
  struct Abort: Error {
    let status: HTTPStatus
    init(_ status: HTTPStatus) { self.status = status }
  }

  /// What AWSLambdaEvents calls `APIGatewayV2Request` and `APIGatewayV2Response`.
  struct GatewayRequest {
    var headers: [String: String]
    var body: String?
    var isBase64Encoded: Bool
  }
  struct GatewayResponse: Equatable { var statusCode: Int }

  actor Log {
    private(set) var lines: [String] = []
    func write(_ line: String) { lines.append(line) }
  }

  static let body = Array(#"{"orderId":"ord_1"}"#.utf8)
  static let signer = WebhookSigner(secret: "whsec_test")

  @Test("Vapor, NIO and Lambda take a signed delivery and refuse another body")
  func frameworks() async throws {
    let receiver = Receiver()
    let pairs = Self.signer.headers(body: Self.body)
    let buffer = ByteBuffer(bytes: Self.body)
    #expect(try await receiver.receive(Request(headers: HTTPHeaders(pairs), body: .init(data: buffer))) == .ok)
    await #expect(throws: Abort.self) {
      try await receiver.receive(Request(headers: HTTPHeaders(pairs), body: .init(data: nil)))
    }
    let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: HTTPHeaders(pairs))
    #expect(receiver.respond(to: head, body: buffer) == .ok)
    #expect(receiver.respond(to: head, body: ByteBuffer()) == .unauthorized)
    let headers = Dictionary(uniqueKeysWithValues: pairs.map { ($0.0.lowercased(), $0.1) })
    let text = String(decoding: Self.body, as: UTF8.self)
    for (body, isBase64Encoded, status) in [
      (text, false, 200), (Data(Self.body).base64EncodedString(), true, 200), (text + " ", false, 401),
      ("%", true, 401),
    ] {
      let request = GatewayRequest(headers: headers, body: body, isBase64Encoded: isBase64Encoded)
      #expect(receiver.handle(request) == GatewayResponse(statusCode: status))
    }
  }

  @Test("A delivery is verified and decoded")
  func verifying() throws {
    let (secret, body): (WebhookSecret, [UInt8]) = ("whsec_test", Self.body)
    let headers = Self.signer.headers(body: body)
    do {
      // snippet
      let verifier = WebhookVerifier(secret: secret)
      let order = try verifier.verify(Order.self, headers: headers, body: body)
      // end
      #expect(order.orderId == "ord_1")
    }
    do {
      // snippet
      let verifier = WebhookVerifier(secret: "whsec_…")
      // end
      // snippet
      do {
        let order = try verifier.verify(Order.self, headers: headers, body: body)
        print("order \(order.orderId)")
      } catch let error as WebhookVerificationError {
        print("401, and in the log: \(error.reason)")
      } catch {
        print("400: it is signed, and is no order")
      }
      // end
    }
    // snippet
    let verifier = WebhookVerifier(secret: "whsec_new", previousSecrets: ["whsec_old"])
    // end
    try verifier.verify(headers: WebhookSigner(secret: "whsec_old").headers(body: body), body: body)
  }

  @Test("A refusal of one's own")
  func refusal() async {
    let log = Log()
    // snippet
    let handler = WebhookHandler(secret: "whsec_…") { request, error in
      await log.write("refused: \(error.reason)")
      return .invalidSignature
    }
    // end
    #expect(await handler.handle(Self.signer.headers(body: Self.body), body: Self.body) != .verified)
    #expect(await log.lines == ["refused: mismatch"])
  }

  @Test("The doctor says why")
  func doctor() throws {
    let headers = Self.signer.headers(body: Self.body)
    let body = Self.body + [10]
    do {
      // snippet
      let diagnosis = SignatureDoctor(secret: "whsec_test").diagnose(headers: headers, body: body)
      print(diagnosis.reason)  // body-trailing-newline
      print(diagnosis.detail)
      // end
      #expect(diagnosis.reason == .bodyTrailingNewline)
    }
    let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    let bytes = Array("POST /hook HTTP/1.1\r\n\(lines)\r\n".utf8) + Self.body
    // snippet
    let source = try DeliverySource(request: bytes)
    let diagnosis = SignatureDoctor(secret: "whsec_test").diagnose(source)
    // end
    #expect(diagnosis.reason == .ok)
  }
}
