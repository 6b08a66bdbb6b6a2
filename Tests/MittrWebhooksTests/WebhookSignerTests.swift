import HTTPTypes
import MittrWebhooks
import Testing

@Suite("Signing")
struct WebhookSignerTests {
  @Test("the signature is the published one", arguments: SignatureVector.published + SignatureVector.aroundOneBlock)
  func vectors(vector: SignatureVector) {
    let signer = WebhookSigner(secret: WebhookSecret(vector.secret))
    #expect(signer.signature(timestamp: vector.timestamp, body: vector.body) == vector.signature)
  }

  @Test("a signer signs the second body as it signed the first")
  func reuse() {
    let signer = WebhookSigner(secret: "whsec_test")
    for vector in SignatureVector.published[0..<4] + SignatureVector.published[0..<4].reversed() {
      #expect(signer.signature(timestamp: vector.timestamp, body: vector.body) == vector.signature)
    }
  }

  @Test("a body whose bytes do not lie side by side is signed all the same")
  func scatteredBody() {
    let vector = SignatureVector.published[4]
    let signature = WebhookSigner(secret: WebhookSecret(vector.secret))
      .signature(timestamp: vector.timestamp, body: vector.body.reversed().lazy.map { $0 }.reversed())
    #expect(signature == vector.signature)
  }

  @Test("the headers carry the timestamp and the signature of that timestamp")
  func headers() {
    let vector = SignatureVector.order
    let headers = WebhookSigner(secret: WebhookSecret(vector.secret)).headers(
      timestamp: 1_706_123_456, body: vector.body)
    #expect(headers.map(\.0) == ["X-Mittr-Timestamp", "X-Mittr-Signature"])
    #expect(headers.map(\.1) == [vector.timestamp, vector.signature])
  }

  @Test("as fields they come with the type of the body and, where it is given, the event's id")
  func headerFields() {
    let vector = SignatureVector.order
    let signer = WebhookSigner(secret: WebhookSecret(vector.secret))
    let fields = signer.headerFields(timestamp: 1_706_123_456, eventID: "evt_1", body: vector.body)
    #expect(
      fields == [
        .contentType: "application/json", .mittrTimestamp: vector.timestamp, .mittrSignature: vector.signature,
        .mittrEventID: "evt_1",
      ])
    #expect(signer.headerFields(body: vector.body)[.mittrEventID] == nil)
  }

  @Test("without a time it is signed now")
  func now() throws {
    let signer = WebhookSigner(secret: "whsec_test")
    try WebhookVerifier(secret: "whsec_test").verify(headers: signer.headers(body: [1]), body: [1])
    try WebhookVerifier(secret: "whsec_test").verify(headers: signer.headerFields(body: [1]), body: [1])
  }
}

@Suite("Secrets")
struct WebhookSecretTests {
  static let secret: WebhookSecret = "whsec_swordfish"

  @Test("no text that Swift makes of a secret, or of what holds one, shows it")
  func redaction() {
    let holders: [Any] = [
      Self.secret, WebhookSigner(secret: Self.secret), WebhookVerifier(secret: Self.secret),
      SignatureDoctor(secret: Self.secret), WebhookHandler(secret: Self.secret), [Self.secret], ["key": Self.secret],
    ]
    for holder in holders {
      var dumped = ""
      dump(holder, to: &dumped)
      for text in ["\(holder)", String(reflecting: holder), dumped] {
        #expect(!text.contains("swordfish"))
        #expect(!text.contains("SHA256"), "the keyed state signs as well as the secret does")
      }
    }
    #expect("\(Self.secret)" == "<redacted>")
    #expect(String(reflecting: Self.secret) == "<redacted>")
  }

  @Test("an empty secret verifies nothing, not even what was signed with it")
  func empty() {
    let headers = WebhookSigner(secret: "").headers(timestamp: 0, body: [])
    #expect(!verifyWebhook(secret: "", headers: headers, body: [], now: 0))
    #expect(throws: WebhookVerificationError.mismatch) {
      try WebhookVerifier(secret: "", previousSecrets: [""], now: { 0 }).verify(headers: headers, body: [])
    }
    #expect(SignatureDoctor(secret: "", now: { 0 }).diagnose(headers: headers, body: []).detail.contains("empty"))
  }
}
