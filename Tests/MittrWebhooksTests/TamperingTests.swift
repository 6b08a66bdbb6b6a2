import MittrWebhooks
import Testing

@Suite("Tampering")
struct TamperingTests {
  static let vector = SignatureVector.published[3]
  static let now = 1_706_123_456
  static let verifier = WebhookVerifier(secret: "whsec_test", toleranceSeconds: .max, now: { now })

  static func isAccepted(timestamp: [UInt8], signature: [UInt8], body: [UInt8]) -> Bool {
    let headers = [
      (WebhookHeaderName.timestamp, String(decoding: timestamp, as: UTF8.self)),
      (WebhookHeaderName.signature, String(decoding: signature, as: UTF8.self)),
    ]
    return (try? verifier.verify(headers: headers, body: body)) != nil
  }

  /// Every array that differs from this one in a single bit.
  static func flips(of bytes: [UInt8]) -> [[UInt8]] {
    (0..<bytes.count * 8).map { bit in
      bytes.enumerated().map { $0 == bit / 8 ? $1 ^ 1 << (bit % 8) : $1 }
    }
  }

  @Test("no signature, body or timestamp that differs in a single bit is accepted")
  func singleBits() {
    let (timestamp, signature, body) = (
      Array(Self.vector.timestamp.utf8), Array(Self.vector.signature.utf8), Self.vector.body
    )
    #expect(Self.isAccepted(timestamp: timestamp, signature: signature, body: body))
    let accepted =
      Self.flips(of: timestamp).filter { Self.isAccepted(timestamp: $0, signature: signature, body: body) }
      + Self.flips(of: signature).filter { Self.isAccepted(timestamp: timestamp, signature: $0, body: body) }
      + Self.flips(of: body).filter { Self.isAccepted(timestamp: timestamp, signature: signature, body: $0) }
    #expect(accepted.isEmpty)
  }

  @Test("moving the dot between timestamp and body is refused")
  func movedDot() {
    let signature = WebhookSigner(secret: "whsec_test").signature(timestamp: "1706123456", body: "1.{}".utf8)
    let headers = [WebhookHeaderName.timestamp: "1706123456.1", WebhookHeaderName.signature: signature]
    #expect(throws: WebhookVerificationError.malformedTimestamp) {
      try Self.verifier.verify(headers: headers, body: Array("{}".utf8))
    }
  }

  @Test("random secrets, headers and bodies are refused and never trap", arguments: 0..<8 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var random = RandomBytes(state: seed)
    let names = ["x-mittr-signature", "x-mittr-timestamp", "X-Mittr-Signature", "", "x-hub-signature", "\u{0}"]
    for _ in 0..<2_000 {
      let fields = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        (
          names.randomElement(using: &random) ?? "",
          String(decoding: Bool.random(using: &random) ? random.bytes(upTo: 80) : random.digits(), as: UTF8.self)
        )
      }
      let body = random.bytes(upTo: 64)
      let secret = WebhookSecret(String(decoding: random.bytes(upTo: 80), as: UTF8.self))
      let (tolerance, now) = (Int(truncatingIfNeeded: random.next()), Int(truncatingIfNeeded: random.next()))
      #expect(!verifyWebhook(secret: secret, headers: fields, body: body, toleranceSeconds: tolerance, now: now))
      let diagnosis = SignatureDoctor(secret: secret, toleranceSeconds: tolerance, now: { now })
        .diagnose(headers: fields, body: body)
      #expect(!diagnosis.valid)
    }
  }
}

extension RandomBytes {
  /// Up to 24 decimal digits, sometimes with a sign: what a hostile timestamp looks like.
  fileprivate mutating func digits() -> [UInt8] {
    let sign = ["", "", "", "-", "+"].randomElement(using: &self) ?? ""
    let digits = (0..<Int.random(in: 0...24, using: &self)).map { _ in UInt8.random(in: 48...57, using: &self) }
    return sign.utf8 + digits
  }
}
