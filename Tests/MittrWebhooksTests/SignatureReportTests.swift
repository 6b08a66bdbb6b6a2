import MittrWebhooks
import Testing

@Suite("A diagnosis for people")
struct SignatureReportTests {
  static let vector = SignatureVector.order

  static func report(
    secret: WebhookSecret = "whsec_test", _ headers: some WebhookHeaders = vector.headers, body: [UInt8]
  ) -> SignatureReport {
    SignatureDoctor(secret: secret, now: { 1_706_123_466 }).diagnose(headers: headers, body: body).report
  }

  @Test("it says what was received, what was expected, what differs and what to do")
  func rows() {
    let expected = WebhookSigner(secret: "whsec_test").signature(
      timestamp: "1706123456", body: Self.vector.body + [10])
    #expect(
      Self.report(body: Self.vector.body + [10]).description == """
        verdict   refused: body-trailing-newline
        received  \(Self.vector.signature), made at 1706123456, 10 seconds ago
        expected  \(expected)
        differs   the body, byte 35: received LF, signed the end
        cause     The signature is right for the body without its final newline.
        to do     Keep the body's exact bytes, for editors, shells and line readers add or drop the last newline.
        """)
  }

  @Test("a delivery that holds has nothing to do")
  func accepted() {
    let rows = Self.report(body: Self.vector.body).rows
    #expect(rows.map(\.label) == ["verdict", "received", "expected", "cause"])
    #expect(rows.first?.text == "accepted: ok")
  }

  @Test("a cause that is only likely is told as such")
  func unproven() {
    #expect(Self.report(body: [1]).rows.first?.text == "refused: mismatch (not shown to be the cause)")
  }

  @Test(
    "where the bodies differ is told by what stands there",
    arguments: [
      ("a\nb", "a\r\nb", "byte 1: received LF, signed CR LF"),
      ("a\r\nb\r\n", "a\nb\n", "byte 1: received CR LF, signed LF"),
      ("a\n", "a", "byte 1: received LF, signed the end"),
      ("a", "a\r\n", "byte 1: received the end, signed CR LF"),
      ("\u{FEFF}{}", "{}", "byte 0: received a byte order mark, signed \"{}\""),
      ("{\"a\":1}", "{\"a\": 1}", "byte 5: received \"1}\", signed \" 1}\""),
      ("{\"a\":1}", "{\n\t\"a\": 1\n}", "byte 1: received \"\"a\":1}\", signed LF"),
      ("é", "Ã©", "byte 1: received 0xA9, signed 0x83"),
    ])
  func differences(received: String, signed: String, text: String) {
    let signature = WebhookSigner(secret: "k").signature(timestamp: "1706123466", body: signed.utf8)
    let diagnosis = SignatureDoctor(secret: "k", now: { 1_706_123_466 }).diagnose(
      headers: [WebhookHeaderName.timestamp: "1706123466", WebhookHeaderName.signature: signature],
      body: Array(received.utf8))
    #expect(diagnosis.difference?.description == text)
    #expect(diagnosis.report.description.contains("the body, \(text)"))
  }

  @Test("what came from outside is escaped and cut short")
  func escapes() {
    let hostile = "\u{1B}[31m\r\n\u{202E}" + String(repeating: "x", count: 100_000)
    let report = Self.report(
      [("X-Mittr-Signature", hostile), ("X-Mittr-Timestamp", hostile)], body: []
    ).description
    #expect(report.utf8.count < 2000)
    #expect(report.contains(#"\e[31m\r\n\u{202e}x"#))
    let nearMiss = SignatureDoctor(secret: "k").diagnose(headers: [("\u{1B}]0;signature\u{7}", "")], body: [])
    #expect(nearMiss.detail.contains(#"\e]0;signature\u{7}"#))
  }

  @Test("a secret that was given in place of a header is not shown", arguments: ["whsec_test", "another key"])
  func secretInHeader(secret: String) {
    for header in [WebhookHeaderName.signature, WebhookHeaderName.timestamp] {
      var headers = WebhookSigner(secret: WebhookSecret(secret)).headers(timestamp: 1_706_123_456, body: [1])
      for index in headers.indices where headers[index].0 == header { headers[index].1 = "\(secret)" }
      let diagnosis = SignatureDoctor(secret: WebhookSecret(secret)).diagnose(headers: headers, body: [1])
      var text = "\(diagnosis.report) \(diagnosis.detail) \(diagnosis.json)"
      dump(diagnosis, to: &text)
      #expect(!text.contains(secret) && text.contains("<redacted>"))
    }
  }

  @Test("no part of a diagnosis has a secret or a key made of it")
  func secrets() {
    let secrets = ["'whsec_dG9wIHNlY3JldA=='", "  746f7020736563726574\n", "v1,whsec_top secret"]
    for secret in secrets {
      for key in ["top secret", "whsec_top secret", "whsec_dG9wIHNlY3JldA==", "dG9wIHNlY3JldA==", "other"] {
        let signature = WebhookSigner(secret: WebhookSecret(key)).signature(timestamp: "1706123466", body: [1])
        let diagnosis = SignatureDoctor(secret: WebhookSecret(secret), now: { 1_706_123_466 }).diagnose(
          headers: [WebhookHeaderName.timestamp: "1706123466", WebhookHeaderName.signature: signature], body: [1])
        var text = "\(diagnosis.report) \(diagnosis.detail) \(diagnosis.json)"
        dump(diagnosis, to: &text)
        for part in ["top secret", "dG9w", "746f70"] { #expect(!text.contains(part)) }
      }
    }
  }
}
