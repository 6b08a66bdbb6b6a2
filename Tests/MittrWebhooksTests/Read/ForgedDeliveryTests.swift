import MittrWebhooks
import OrderedJSON
import Testing

/// What a sender puts into a body, or beside a delivery, never makes the delivery a right one.
@Suite("Forged deliveries")
struct ForgedDeliveryTests {
  private static let secret: WebhookSecret = "whsec_test"
  private static let now = 1_706_123_456
  private static let signed: [(String, String)] = WebhookSigner(secret: secret)
    .headers(timestamp: now, body: Array("{}".utf8)).map { ($0.0, $0.1) }
  private static let signedRecord: JSONValue = [
    "headers": .object(JSONObject(signed.map { ($0.0, .string($0.1)) })), "body": "{}",
    "receivedAt": "2024-01-24T19:10:56Z",
  ]

  private static func isAccepted(_ source: DeliverySource?) -> Bool {
    source.map { SignatureDoctor(secret: secret, now: { now }).diagnose($0).valid } ?? false
  }

  /// Records that are no right delivery, whatever stands in them.
  private static let records: [JSONValue] = {
    let inner = signedRecord.description
    let bodies: [JSONValue] = [
      .string(inner), signedRecord, [signedRecord], .string("x\(inner)"), .string("[\(inner)]"), ["data": signedRecord],
    ]
    let wrapped = bodies.flatMap { body -> [JSONValue] in
      [
        ["headers": ["Host": "a"], "body": body],
        ["number": 1, "receivedAt": "2026-01-01T00:00:00Z", "headers": ["Host": "a"], "body": body],
        ["headers": ["X-Mittr-Signature": "v1=00", "X-Mittr-Timestamp": "1706123456"], "body": body],
        ["request": ["headers": ["Host": "a"], "body": body], "response": ["status": 401]],
      ]
    }
    let beside: [JSONValue] = [
      ["request": ["headers": ["Host": "a"], "body": "forged"], "earlier": signedRecord],
      [["headers": ["Host": "a"], "body": "forged"], signedRecord],
      ["headers": ["Host": "a"], "body": "{}", "meta": ["headers": signedRecord["headers"] ?? .null]],
      [
        "headers": ["X-Mittr-Signature": "v1=00", "X-Mittr-Timestamp": "1706123456"], "body": "{}",
        "signature": .string(signed.last?.1 ?? ""), "timestamp": "1706123456",
      ],
    ]
    return wrapped + beside
  }()

  @Test("a right delivery is accepted, so that the rest means something")
  func right() {
    #expect(Self.isAccepted(try? DeliverySource(record: Self.signedRecord)))
    #expect(Self.isAccepted(DeliverySource(headers: Self.signed, body: Array("{}".utf8))))
  }

  @Test("a delivery within a delivery, or beside one that is not signed, is not taken for it")
  func records() {
    for record in Self.records {
      #expect(!Self.isAccepted(try? DeliverySource(record: record)), "\(record)")
      #expect(!Self.isAccepted(try? DeliverySource(request: record.description.utf8)), "\(record)")
    }
  }

  @Test("a raw request is judged by its own head")
  func raw() {
    let lines = Self.signed.map { "\($0.0): \($0.1)" }.joined(separator: "\n")
    for text in [
      "POST /h HTTP/1.1\nHost: a\n\n\(Self.signedRecord)", "POST /h HTTP/1.1\nHost: a\n\n\(lines)\n\n{}",
      "POST /h HTTP/1.1\nHost: a\n\nPOST /h HTTP/1.1\n\(lines)\n\n{}",
    ] {
      #expect(!Self.isAccepted(try? DeliverySource(request: text.utf8)), "\(text)")
    }
    let stamp = "\(Self.signed[0].0): \(Self.signed[0].1)"
    let signature = "\(Self.signed[1].0): \(Self.signed[1].1)"
    for head in [
      "POST /h HTTP/1.1\n\(stamp)\n\n\(signature)\n", "POST /h HTTP/1.1\nHost: a\n\n\(stamp)\n\(signature)\n",
    ] {
      #expect(!Self.isAccepted(try? DeliverySource(headers: head.utf8, body: Array("{}".utf8))), "\(head)")
    }
  }

  @Test("headers that are given as they are count under their own names alone, as the verifier has it")
  func renamed() throws {
    for prefix in ["Evil-", "X-Original-X-", ""] {
      let fields = Self.signed.map { (prefix + $0.0.dropFirst(2), $0.1) }
      let source = DeliverySource(headers: fields, body: Array("{}".utf8))
      let found = SignatureDoctor(secret: Self.secret, now: { Self.now }).diagnose(source)
      #expect(found.reason == .missingSignature && !found.valid)
    }
  }

  @Test(
    "what stands behind whole headers is no part of them",
    arguments: ["[1,2,3]", "QWxhZGRpbg==", "[]", "1234", "true"])
  func glued(body: String) {
    let lines = Self.signed.map { "\($0.0): \($0.1)" }.joined(separator: "\n")
    let source = try? DeliverySource(headers: (lines + "\n" + body).utf8, body: Array("{}".utf8))
    #expect(source == nil || Self.isAccepted(source))
  }

  @Test("a record without a body that is known as one is refused rather than called empty")
  func unreadBodies() {
    let headers = Self.signedRecord["headers"] ?? .null
    for record in [["headers": headers, "message": "{}"], headers] as [JSONValue] {
      #expect(throws: DeliverySourceError.noBody) { try DeliverySource(record: record) }
      #expect(throws: DeliverySourceError.noBody) { try DeliverySource(request: record.description.utf8) }
    }
  }
}
