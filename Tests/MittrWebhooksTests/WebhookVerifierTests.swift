import HTTPTypes
import MittrWebhooks
import Testing

@Suite("Verifying")
struct WebhookVerifierTests {
  static let vector = SignatureVector.order
  static let now = 1_706_123_456

  static func failure(
    secret: WebhookSecret = "whsec_test", previousSecrets: [WebhookSecret] = [], headers: some WebhookHeaders,
    body: [UInt8] = vector.body, tolerance: Int = 300, now: Int = now
  ) -> WebhookVerificationError? {
    let verifier = WebhookVerifier(
      secret: secret, previousSecrets: previousSecrets, toleranceSeconds: tolerance, now: { now })
    do {
      try verifier.verify(headers: headers, body: body)
      return nil
    } catch {
      return error
    }
  }

  @Test("a published signature is accepted at its time", arguments: SignatureVector.published)
  func vectors(vector: SignatureVector) throws {
    let now = try #require(Int(vector.timestamp))
    let secret = WebhookSecret(vector.secret)
    #expect(Self.failure(secret: secret, headers: vector.headers, body: vector.body, now: now) == nil)
    #expect(verifyWebhook(secret: secret, headers: vector.headers, body: vector.body, now: now))
  }

  @Test("without a time of one's own the system's clock is used")
  func systemClock() {
    #expect(!verifyWebhook(secret: "whsec_test", headers: Self.vector.headers, body: Self.vector.body))
    let fresh = WebhookSigner(secret: "whsec_test").headers(timestamp: UnixTime.now(), body: Self.vector.body)
    #expect(verifyWebhook(secret: "whsec_test", headers: fresh, body: Self.vector.body))
  }

  @Test(
    "freshness holds up to the tolerance, in either direction",
    arguments: [
      (-300, nil), (300, nil), (0, nil), (301, .staleTimestamp(age: 301)), (-301, .futureTimestamp(ahead: 301)),
      (86_400 * 365, .staleTimestamp(age: 31_536_000)),
    ] as [(Int, WebhookVerificationError?)])
  func freshness(age: Int, expected: WebhookVerificationError?) {
    #expect(Self.failure(headers: Self.vector.headers, now: Self.now + age) == expected)
  }

  @Test("a negative tolerance accepts nothing, a huge one every time")
  func tolerances() {
    #expect(Self.failure(headers: Self.vector.headers, tolerance: -1) == .staleTimestamp(age: 0))
    #expect(
      Self.failure(headers: Self.vector.headers, tolerance: .min, now: Self.now - 1) == .futureTimestamp(ahead: 1))
    #expect(Self.failure(headers: Self.vector.headers, tolerance: .max, now: .max) == nil)
    #expect(Self.failure(headers: Self.vector.headers, tolerance: .max, now: .min) == nil)
  }

  @Test("a wrong signature is a mismatch, however old it is: stale is said of right signatures only")
  func wrongAndStale() {
    #expect(Self.failure(headers: Self.vector.headers, body: [], now: Self.now + 9999) == .mismatch)
    #expect(Self.failure(secret: "whsec_other", headers: Self.vector.headers) == .mismatch)
  }

  @Test("a previous secret is accepted while secrets are rotated")
  func rotation() {
    #expect(
      Self.failure(
        secret: "whsec_new", previousSecrets: ["", "whsec_older", "whsec_test"], headers: Self.vector.headers)
        == nil)
    #expect(
      Self.failure(secret: "whsec_new", previousSecrets: ["whsec_older"], headers: Self.vector.headers) == .mismatch)
  }

  @Test(
    "a header that is absent or empty is missing, and the signature is asked for first",
    arguments: [
      ([:], .missingSignature),
      ([WebhookHeaderName.timestamp: vector.timestamp], .missingSignature),
      ([WebhookHeaderName.timestamp: vector.timestamp, WebhookHeaderName.signature: ""], .missingSignature),
      ([WebhookHeaderName.signature: vector.signature], .missingTimestamp),
      ([WebhookHeaderName.signature: vector.signature, WebhookHeaderName.timestamp: ""], .missingTimestamp),
    ] as [([String: String], WebhookVerificationError)])
  func missing(headers: [String: String], expected: WebhookVerificationError) {
    #expect(Self.failure(headers: headers) == expected)
  }

  @Test(
    "a timestamp that is not decimal digits alone is malformed",
    arguments: [
      " ", "-1706123456", "+1706123456", "1706123456 ", " 1706123456", "1706123456.0", "1.7e9", "0x65b0",
      "2024-01-24T19:10:56Z", "١٧٠٦١٢٣٤٥٦", "\u{FF11}\u{FF17}", "1706123456\u{0}", "1_706_123_456", "nan", "\u{FFFD}",
    ])
  func malformedTimestamp(text: String) {
    let signature = WebhookSigner(secret: "whsec_test").signature(timestamp: text, body: Self.vector.body)
    let headers = [WebhookHeaderName.timestamp: text, WebhookHeaderName.signature: signature]
    #expect(Self.failure(headers: headers) == .malformedTimestamp)
  }

  @Test(
    "a number of any length is compared without overflow",
    arguments: [
      "9223372036854775807", "9223372036854775808", "18446744073709551616", String(repeating: "9", count: 5000),
    ],
    [Int.min, -1, 0, 1_706_123_456])
  func hugeTimestamp(text: String, now: Int) throws {
    let signature = WebhookSigner(secret: "whsec_test").signature(timestamp: text, body: Self.vector.body)
    let headers = [WebhookHeaderName.timestamp: text, WebhookHeaderName.signature: signature]
    let failure = try #require(Self.failure(headers: headers, now: now))
    #expect(failure.reason == .futureTimestamp)
    #expect(Self.failure(headers: headers, body: [], now: now) == .mismatch)
  }

  @Test("leading zeros are part of the text that is signed and count for nothing in the number")
  func leadingZeros() {
    let text = "0000000000000000000001706123456"
    let signature = WebhookSigner(secret: "whsec_test").signature(timestamp: text, body: Self.vector.body)
    #expect(
      Self.failure(headers: [WebhookHeaderName.timestamp: text, WebhookHeaderName.signature: signature]) == nil)
    #expect(
      Self.failure(headers: [WebhookHeaderName.timestamp: text, WebhookHeaderName.signature: Self.vector.signature])
        == .mismatch)
  }

  static let digits = String(vector.signature.dropFirst(3))

  @Test(
    "a signature in another form is malformed",
    arguments: [
      "\(digits)", "V1=\(digits)", "v2=\(digits)", "sha256=\(digits)", "v1=\(digits.uppercased())",
      "v1=\(digits.dropLast())", "v1=\(digits)0", "v1=\(digits) ", " v1=\(digits)", "v1=\(digits), v1=\(digits)",
      "v1=\(digits.dropLast())g", "v1=\(digits.dropLast(2))é", "v1=", "v1=mXEdaaVyepEY+I5PjNZgfQxaXW7k5LYMcGec3RUUkCk=",
    ])
  func malformedSignature(text: String) {
    let headers = [WebhookHeaderName.timestamp: Self.vector.timestamp, WebhookHeaderName.signature: text]
    #expect(Self.failure(headers: headers) == .malformedSignature)
  }

  @Test("every error has its code and one sentence that quotes nothing received")
  func sentences() {
    let errors: [(WebhookVerificationError, String)] = [
      (.missingSignature, "missing-signature"), (.missingTimestamp, "missing-timestamp"),
      (.malformedTimestamp, "malformed-timestamp"), (.malformedSignature, "malformed-signature"),
      (.mismatch, "mismatch"), (.staleTimestamp(age: 301), "stale-timestamp"),
      (.futureTimestamp(ahead: 301), "future-timestamp"),
    ]
    for (error, code) in errors {
      #expect("\(error.reason)" == code)
      #expect("\(error)".hasSuffix(".") && "\(error)".count { $0 == "." } == 1)
    }
  }
}
