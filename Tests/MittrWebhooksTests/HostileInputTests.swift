import HTTPTypes
import MittrWebhooks
import Testing

/// The same hostile deliveries for everything that judges them: no input traps, and all are of one mind.
@Suite("Hostile deliveries")
struct HostileInputTests {
  static let now = 1_706_123_456

  /// What all say of one delivery.
  static func isAccepted(
    secret: WebhookSecret, previous: [WebhookSecret] = [], _ headers: some WebhookHeaders, body: [UInt8],
    tolerance: Int = 300, now: Int = now, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Bool {
    let verifier = WebhookVerifier(
      secret: secret, previousSecrets: previous, toleranceSeconds: tolerance, now: { now })
    let isAccepted: Bool
    do {
      try verifier.verify(headers: headers, body: body)
      isAccepted = true
    } catch { isAccepted = false }
    let diagnosis = SignatureDoctor(
      secret: secret, previousSecrets: previous, toleranceSeconds: tolerance, now: { now }
    ).diagnose(headers: headers, body: body)
    #expect(diagnosis.valid == isAccepted, sourceLocation: sourceLocation)
    #expect(!diagnosis.causes.isEmpty && diagnosis.detail.hasSuffix("."), sourceLocation: sourceLocation)
    #expect(diagnosis.report.description.utf8.count < 4000, sourceLocation: sourceLocation)
    if previous.isEmpty {
      #expect(
        verifyWebhook(secret: secret, headers: headers, body: body, toleranceSeconds: tolerance, now: now)
          == isAccepted, sourceLocation: sourceLocation)
    }
    if let fields = headers as? HTTPFields {
      let request = HTTPRequest(method: .post, scheme: "https", authority: "a", path: "/", headerFields: fields)
      let outcome = WebhookHandler(verifier: verifier).handle(request, body: body)
      if case .verified = outcome {
        #expect(isAccepted, sourceLocation: sourceLocation)
      } else {
        #expect(!isAccepted, sourceLocation: sourceLocation)
      }
    }
    return isAccepted
  }

  static func httpFields(_ fields: [(String, String)]) -> HTTPFields {
    HTTPFields(
      fields.compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } })
  }

  static let megabyte = String(repeating: "a", count: 1_000_000)

  /// Ways to spoil a header's value.
  static let spoiled: [@Sendable (String) -> String] = [
    { _ in "" }, { _ in " " }, { $0 + " " }, { $0 + "\r\n " }, { $0 + "\r\n\tv1=00" },
    { $0 + "\r\nX-Mittr-Signature: v1=0" },
    { "\u{0}" + $0 }, { $0 + "\u{0}" }, { $0 + "," + $0 }, { $0 + ", 1" }, { "-" + $0 }, { "+" + $0 }, { "0x" + $0 },
    { $0 + String(repeating: "9", count: 400) }, { _ in "9223372036854775807" }, { _ in "-9223372036854775808" },
    { _ in "18446744073709551616" }, { _ in "1706123456789" }, { _ in "١٧٠٦١٢٣٤٥٦" }, { _ in "１７０６１２３４５６" },
    { $0 + megabyte }, { _ in megabyte }, { _ in String(repeating: "v1=,", count: 250_000) },
    { _ in String(repeating: "9", count: 1_000_000) }, { $0 + "\u{301}" }, { "\u{FEFF}" + $0 },
    { String($0.dropLast()) },
    { $0.uppercased() }, { _ in "v1=" }, { _ in "v1=" + String(repeating: "\u{E9}", count: 32) }, { _ in "=,=,=" },
    { _ in "9999-99-99T99:99:99+99:99" }, { _ in "0000-00-00T00:00:00" }, { _ in "1e400" }, { _ in "-1e400" },
    { _ in "1706-12-3456" }, { _ in "2024-01-24T" },
  ]

  @Test("a spoiled value is refused by all", arguments: [WebhookHeaderName.timestamp, WebhookHeaderName.signature])
  func values(name: String) {
    let body = Array("{}".utf8)
    let headers = WebhookSigner(secret: "k").headers(timestamp: Self.now, body: body)
    for spoil in Self.spoiled {
      let fields = headers.map { $0.0 == name ? ($0.0, spoil($0.1)) : $0 }
      // A number has no uppercase.
      guard !zip(fields, headers).allSatisfy({ $0.1 == $1.1 }) else { continue }
      #expect(!Self.isAccepted(secret: "k", fields, body: body))
      #expect(!Self.isAccepted(secret: "k", Dictionary(uniqueKeysWithValues: fields), body: body))
      // A second value beside the right one, in either order; an empty one is as if it were not there.
      let values = headers.map { ($0.0, $0.0 == name ? [$0.1, spoil($0.1)] : [$0.1]) }
      let isEmpty = fields.contains { $0.1.isEmpty }
      #expect(Self.isAccepted(secret: "k", Dictionary(uniqueKeysWithValues: values), body: body) == isEmpty)
      let reversed = values.map { ($0.0, Array($0.1.reversed())) }
      #expect(Self.isAccepted(secret: "k", Dictionary(uniqueKeysWithValues: reversed), body: body) == isEmpty)
      _ = Self.isAccepted(secret: "k", Self.httpFields(fields), body: body)
    }
  }

  @Test("hostile names, secrets and other headers harm nothing")
  func names() {
    let body = Array("{}".utf8)
    let headers = WebhookSigner(secret: "k").headers(timestamp: Self.now, body: body)
    let others = [
      "", "\u{0}", "x-mittr-signature\u{0}", "X-Mittr-Signature ", "x_mittr_signature", "\r\n", Self.megabyte,
      "content-length", "content-encoding", "webhook-id", "x-mittr-event-id", "é", "X-Signature", "timestamp",
    ]
    let values = ["", "-1", "99999999999999999999999", "\u{0}\r\n", Self.megabyte, "v1=00"]
    for name in others {
      for value in name == Self.megabyte ? ["v1=00"] : values {
        let fields = headers + [(name, value)]
        #expect(Self.isAccepted(secret: "k", fields, body: body))
        #expect(!Self.isAccepted(secret: "k", fields, body: [1]))
        #expect(!Self.isAccepted(secret: "k", [(name, value)], body: body))
      }
    }
    for secret in ["", "\n", "\"", "''", "whsec_", "v1,", "v1,whsec_", "=", "====", "\u{FEFF}", "mtr_", Self.megabyte] {
      #expect(!Self.isAccepted(secret: WebhookSecret(secret), headers, body: body))
    }
    let milliseconds = [("X-Mittr-Timestamp", "99999999999999"), ("X-Mittr-Signature", "v1=00")]
    for now in [Int.min, -1, .max] { #expect(!Self.isAccepted(secret: "k", milliseconds, body: body, now: now)) }
    let signatures = (0..<5000).map { ("x-mittr-signature", "v1=\($0)") }
    #expect(!Self.isAccepted(secret: "k", headers + signatures, body: body))
    let many = (0..<2000).map { WebhookSecret("secret \($0)") }
    #expect(!Self.isAccepted(secret: "x", previous: many, headers, body: body))
    #expect(Self.isAccepted(secret: "x", previous: many + ["k"], headers, body: body))
  }

  @Test(
    "bodies of every kind are diagnosed under a wrong secret",
    arguments: [
      [], [0], [0xFF], [0xEF, 0xBB, 0xBF], [10], [13], Array(repeating: 10, count: 100), Array("\"\\".utf8),
      Array("\"\\u\"".utf8), Array("\"\\ud800\"".utf8), Array("\"\\ud83d\\ude80\"".utf8), Array("[".utf8),
      Array("{}".utf8),
      Array("[[],{},[{}]]".utf8), Array("{\"\":{\"\":0}}".utf8), Array("-".utf8), Array("1".utf8), Array("  ".utf8),
      Array((String(repeating: "[", count: 512) + String(repeating: "]", count: 512)).utf8),
      Array((String(repeating: "{\"b\":1,\"a\":", count: 300) + "1" + String(repeating: "}", count: 300)).utf8),
      Array(("[" + String(repeating: "[],", count: 5000) + "1]").utf8),
      Array(("\"" + String(repeating: "/é<\\/\\u00e9", count: 1500) + "\"").utf8),
    ] as [[UInt8]])
  func bodies(body: [UInt8]) {
    let headers = WebhookSigner(secret: "k").headers(timestamp: Self.now, body: body)
    #expect(Self.isAccepted(secret: "k", headers, body: body))
    #expect(!Self.isAccepted(secret: "other", headers, body: body))
  }

  @Test("random changes to a right delivery are judged alike by all", arguments: 0..<6 as Range<UInt64>)
  func fuzz(seed: UInt64) throws {
    var random = RandomBytes(state: seed)
    for _ in 0..<60 {
      var body = random.bytes(upTo: 40)
      let timestamp = Self.now + Int.random(in: -400...400, using: &random)
      let signed = WebhookSigner(secret: "k").headers(timestamp: timestamp, body: body)
      var fields = signed
      var isChanged = false
      if Bool.random(using: &random) {
        let index = Int.random(in: 0...1, using: &random)
        let spoil = try #require(Self.spoiled.prefix(20).randomElement(using: &random))
        fields[index].1 = spoil(fields[index].1)
        isChanged = true
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        fields.append(
          (signed[Int.random(in: 0...1, using: &random)].0, String(decoding: random.bytes(upTo: 70), as: UTF8.self)))
        isChanged = true
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        body.append(UInt8.random(in: 0...255, using: &random))
        isChanged = true
      }
      let isAccepted = Self.isAccepted(secret: "k", fields, body: body)
      if !isChanged { #expect(isAccepted == ((timestamp - Self.now).magnitude <= 300)) }
      _ = Self.isAccepted(secret: "k", Self.httpFields(fields), body: body)
      _ = Self.isAccepted(secret: "k", Dictionary(grouping: fields, by: \.0).mapValues { $0.map(\.1) }, body: body)
    }
  }
}
