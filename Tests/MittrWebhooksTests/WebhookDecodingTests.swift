import Foundation
import MittrWebhooks
import NIOHTTP1
import Testing

@Suite("A delivery that is verified and decoded")
struct WebhookDecodingTests {
  struct Order: Codable, Equatable {
    var orderId: String
    var amount: Decimal
    var placedAt: Date?
  }

  static let verifier = WebhookVerifier(secret: "whsec_test")
  static let signer = WebhookSigner(secret: "whsec_test")

  static func order(_ json: String) throws -> Order {
    try verifier.verify(Order.self, headers: signer.headers(body: json.utf8), body: json.utf8)
  }

  @Test("what was signed is read")
  func decoded() throws {
    #expect(try Self.order(#"{"orderId":"ord_1","amount":99.90}"#) == Order(orderId: "ord_1", amount: 99.9))
    let body = Array(#"{"orderId":"ord_1","amount":0.1}"#.utf8)
    let headers = HTTPHeaders(Self.signer.headers(body: body))
    #expect(try Self.verifier.verify(Order.self, headers: headers, body: body).amount == Decimal(string: "0.1"))
    let order: Order = try Self.verifier.verify(headers: Self.signer.headerFields(body: body), body: body)
    #expect(order.orderId == "ord_1")
  }

  @Test(
    "dates are ISO 8601, with fractions of a second or without",
    arguments: [
      ("2024-01-24T19:10:56Z", 1_706_123_456), ("2024-01-24T19:10:56.250Z", 1_706_123_456.25),
      ("2024-01-24T20:10:56+01:00", 1_706_123_456), ("1969-12-31T23:59:59Z", -1),
    ])
  func dates(text: String, seconds: Double) throws {
    let order = try Self.order(#"{"orderId":"a","amount":1,"placedAt":"\#(text)"}"#)
    let date = try #require(order.placedAt)
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.001)
  }

  @Test("nothing is decoded before it is verified: garbage with a wrong signature is a wrong signature")
  func refused() {
    #expect(throws: WebhookVerificationError.mismatch) {
      try Self.verifier.verify(Order.self, headers: Self.signer.headers(body: [1]), body: [2])
    }
  }

  @Test("a right signature over something else is a decoding error", arguments: ["", "{", "[]", #"{"orderId":1}"#])
  func undecodable(json: String) {
    #expect(throws: DecodingError.self) { try Self.order(json) }
    #expect(throws: DecodingError.self) { try Self.order(#"{"orderId":"a","amount":1,"placedAt":"today"}"#) }
  }

  @Test("a decoder of one's own is used as it is")
  func decoder() throws {
    struct Snake: Decodable { var orderId: String }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let body = Array(#"{"order_id":"ord_1"}"#.utf8)
    let snake = try Self.verifier.verify(
      Snake.self, headers: Self.signer.headers(body: body), body: body, decoder: decoder)
    #expect(snake.orderId == "ord_1")
  }
}
