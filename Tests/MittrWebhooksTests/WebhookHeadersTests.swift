import HTTPTypes
import MittrWebhooks
import Testing

@Suite("Headers in every form")
struct WebhookHeadersTests {
  static let vector = SignatureVector.order

  static func accepts(_ headers: some WebhookHeaders) -> Bool {
    verifyWebhook(secret: "whsec_test", headers: headers, body: vector.body, now: 1_706_123_456)
  }

  static func failure(_ headers: some WebhookHeaders) -> WebhookVerificationError? {
    WebhookVerifierTests.failure(headers: headers)
  }

  @Test(
    "names match in any case",
    arguments: zip(
      ["X-Mittr-Signature", "x-mittr-signature", "X-MITTR-SIGNATURE"],
      ["x-mittr-timestamp", "X-MITTR-TIMESTAMP", "X-Mittr-Timestamp"]))
  func anyCase(name: String, timestampName: String) throws {
    #expect(Self.accepts([name: Self.vector.signature, timestampName: Self.vector.timestamp]))
    #expect(Self.accepts([name: [Self.vector.signature], timestampName: [Self.vector.timestamp]]))
    #expect(Self.accepts([(name, Self.vector.signature), (timestampName, Self.vector.timestamp)]))
    var fields = HTTPFields()
    fields[try #require(HTTPField.Name(name))] = Self.vector.signature
    fields[try #require(HTTPField.Name(timestampName))] = Self.vector.timestamp
    #expect(Self.accepts(fields))
  }

  @Test("a name with one letter that only looks alike is another header")
  func lookalike() {
    // The Kelvin sign and the long s fold to k and s in Unicode; header names are ASCII.
    #expect(Self.failure([("X-Mittr-\u{17F}ignature", Self.vector.signature)]) == .missingSignature)
    #expect(Self.failure([("X_Mittr_Signature", Self.vector.signature)]) == .missingSignature)
  }

  @Test("a header that is repeated with the same value counts once")
  func repeated() {
    let fields = [
      ("x-mittr-signature", Self.vector.signature), ("X-Mittr-Timestamp", Self.vector.timestamp),
      ("X-Mittr-Signature", Self.vector.signature), ("x-mittr-timestamp", Self.vector.timestamp),
      ("X-Mittr-Signature", ""),
    ]
    #expect(Self.accepts(fields))
    #expect(Self.accepts(fields.reversed() as [(String, String)]))
  }

  @Test("a header that is repeated with another value is malformed, whichever comes first")
  func conflicting() {
    let other = SignatureVector.published[0].signature
    for values in [[Self.vector.signature, other], [other, Self.vector.signature]] {
      #expect(
        Self.failure(["x-mittr-signature": values, "x-mittr-timestamp": [Self.vector.timestamp]])
          == .malformedSignature)
    }
    for values in [[Self.vector.timestamp, "1706123457"], ["1706123457", Self.vector.timestamp]] {
      #expect(
        Self.failure(["x-mittr-signature": [Self.vector.signature], "x-mittr-timestamp": values])
          == .malformedTimestamp)
    }
    #expect(
      Self.failure([
        "x-mittr-signature": Self.vector.signature, "X-MITTR-SIGNATURE": other,
        "x-mittr-timestamp": Self.vector.timestamp,
      ]) == .malformedSignature)
  }
}
