import HTTPTypes
import MittrWebhooks
import NIOHTTP1
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

@Suite("Headers of NIO and Vapor")
struct NamedHeadersTests {
  static let vector = SignatureVector.order
  static let verifier = WebhookVerifier(secret: "whsec_test", now: { 1_706_123_456 })
  static let headers = HTTPHeaders(vector.headers.map { ($0.key, $0.value) })

  @Test("all that takes headers takes those of NIO")
  func nio() throws {
    let (headers, body) = (Self.headers, Self.vector.body)
    try Self.verifier.verify(headers: headers, body: body)
    #expect(verifyWebhook(secret: "whsec_test", headers: headers, body: body, now: 1_706_123_456))
    #expect(WebhookHandler(verifier: Self.verifier).handle(headers, body: body) == .verified)
    let doctor = SignatureDoctor(secret: "whsec_test", now: { 1_706_123_456 })
    #expect(doctor.diagnose(headers: headers, body: body).reason == .ok)
    #expect(doctor.diagnose(DeliverySource(headers: headers, body: body)).reason == .ok)
  }

  @Test("any other sequence of names and values will do, and a literal")
  func sequences() throws {
    let body = Self.vector.body
    let pairs = Self.vector.headers.map { (name: $0.key, value: $0.value) }
    try Self.verifier.verify(headers: pairs, body: body)
    try Self.verifier.verify(headers: pairs[...], body: body)
    try Self.verifier.verify(headers: pairs.lazy.map { $0 }, body: body)
    try Self.verifier.verify(
      headers: [("X-Mittr-Timestamp", Self.vector.timestamp), ("X-Mittr-Signature", Self.vector.signature)], body: body)
    try Self.verifier.verify(
      headers: ["X-Mittr-Timestamp": Self.vector.timestamp, "X-Mittr-Signature": Self.vector.signature], body: body)
    let values: KeyValuePairs = [
      "X-Mittr-Timestamp": Self.vector.timestamp, "X-Mittr-Signature": Self.vector.signature,
    ]
    try Self.verifier.verify(headers: values, body: body)
  }

  @Test("a header that is repeated with another value is malformed there too")
  func conflicting() {
    var headers = Self.headers
    headers.add(name: "x-mittr-signature", value: SignatureVector.published[0].signature)
    #expect(throws: WebhookVerificationError.malformedSignature) {
      try Self.verifier.verify(headers: headers, body: Self.vector.body)
    }
    #expect(throws: WebhookVerificationError.missingSignature) {
      try Self.verifier.verify(headers: HTTPHeaders(), body: Self.vector.body)
    }
  }

  @Test("the names of a delivery's headers are those that the platform writes")
  func names() {
    let names: [HTTPField.Name] = [.mittrTimestamp, .mittrSignature, .mittrEventID, .mittrTraceID]
    #expect(
      names.map(\.rawName) == ["X-Mittr-Timestamp", "X-Mittr-Signature", "X-Mittr-Event-ID", "X-Mittr-Trace-Id"])
    let fields: HTTPFields = [.mittrEventID: "evt_1"]
    #expect(HTTPField.Name(WebhookHeaderName.eventID).map { fields[$0] } == "evt_1")
  }
}
