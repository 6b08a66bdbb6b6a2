import MittrWebhooks
import OrderedJSON

/// A delivery that is right, to be written down in the ways in which people have one.
struct SampleDelivery {
  static let secret: WebhookSecret = "whsec_4fQ2mZr8Lk1pXv6TnB3cY9dH"
  static let now = 1_764_200_000

  let body: [UInt8]
  let fields: [(String, String)]

  init(_ body: [UInt8]) {
    self.body = body
    fields =
      [
        ("Host", "hooks.example.com:3000"), ("User-Agent", "Mittr/1.0"), ("Content-Type", "application/json"),
        ("Content-Length", "\(body.count)"), ("X-Mittr-Event-ID", "evt_01"),
      ] + WebhookSigner(secret: Self.secret).headers(timestamp: Self.now, body: body)
  }

  /// The body as text; nil when it is none.
  var text: String? { String(validating: body, as: UTF8.self) }
  var lines: [String] { fields.map { "\($0.0): \($0.1)" } }
  /// Without what programs that send add by themselves.
  var ownFields: [(String, String)] { fields.filter { $0.0 != "Content-Length" && $0.0 != "Host" } }

  static let bodies: [[UInt8]] = [
    Array("{}".utf8), Array(#"{"orderId":"ord_123","amount":9900}"#.utf8),
    Array(#"{"name":"Zoë O'Neil","note":"a\\b \"q\" $HOME `id` 100% !x ^y","emoji":"🚀"}"#.utf8),
    Array("{\n  \"a\": 1,\n  \"b\": [true, null]\n}".utf8), Array("{\r\n\t\"a\": 1\r\n}\r\n".utf8),
    Array("plain text, no JSON".utf8), Array("two\n\nparagraphs\n".utf8), Array(UInt8.min...UInt8.max),
    Array((#"{"long":""# + String(repeating: "é0123456789", count: 2000) + #""}"#).utf8),
  ]

  static let all = bodies.map(SampleDelivery.init)

  static func reason(_ source: DeliverySource) -> SignatureReason {
    SignatureDoctor(secret: secret, now: { now }).diagnose(source).reason
  }
}
