import MittrWebhooks
import Testing

@Suite("What the bytes of a delivery look like")
struct SignatureHintTests {
  static func diagnose(_ body: [UInt8], length: Int? = nil, secret: String = "whsec_test") -> SignatureDiagnosis {
    var headers = WebhookSigner(secret: "whsec_other").headers(timestamp: 1_706_123_456, body: [1, 2, 3])
    if let length { headers.append(("Content-Length", String(length))) }
    return SignatureDoctor(secret: WebhookSecret(secret), now: { 1_706_123_456 }).diagnose(headers: headers, body: body)
  }

  @Test(
    "the first hint is what the bytes show",
    arguments: [
      ("[object Object]", .objectAsText), (#"{"data":"[object Object]"}"#, .objectAsText),
      ("[B@6d06d69c", .objectAsText),
      ("undefined", .objectAsText), ("<_io.BytesIO object at 0x7f>", .objectAsText),
      ("{'a': None, 'b': True}", .languageLiteral), ("{u'a': 1}", .languageLiteral), ("[{'a': 1}]", .languageLiteral),
      (#"{"a"=>1, :b=>nil}"#, .languageLiteral), ("{:a 1}", .languageLiteral), (#"{a: 1, "b" => 2}"#, .languageLiteral),
      ("map[a:1 b:map[c:2]]", .languageLiteral), ("&{ord_1 9900}", .languageLiteral),
      ("{orderId=ord_1, amount=9900}", .languageLiteral), ("{ orderId: 'ord_1', amount: 9900 }", .languageLiteral),
      ("{\n  orderId: 'ord_1'\n}", .languageLiteral), ("Array\n(\n    [a] => 1\n)\n", .languageLiteral),
      (#"array(1) { ["a"]=> int(1) }"#, .languageLiteral), ("System.Text.Json.JsonElement", .languageLiteral),
      ("System.Collections.Generic.Dictionary`2[System.String,System.Object]", .languageLiteral),
      (#"["a": 1, "b": "x"]"#, .languageLiteral), ("Order { Id = 1, Total = 2 }", .languageLiteral),
      ("OrderedDict([('a', 1)])", .languageLiteral), (#"%{"a" => 1}"#, .languageLiteral),
      ("{\"name\":\"Zo\u{FFFD}\u{FFFD}\"}", .charactersLost), (#"{"name":"Zo\ufffd"}"#, .charactersLost),
      (#"{"name":"M?ller and M?ller from K?ln, a long text that nobody would cut"}"#, .charactersLost),
      (#"{"emoji":"????", "text":"a long text that nobody would cut short at all, or so"}"#, .charactersLost),
      (#"{"emoji":"??","name":"Zoë, a long text that nobody would cut short at all, or so"}"#, .charactersLost),
      (#"{"emoji":"hi ????","name":"Zoë, a long text that nobody would cut short at all, or so"}"#, .charactersLost),
      ("{\"n\":\"Zo\u{1A}\"}", .charactersLost),
      ("{\"name\":\"Zo\u{1A}, a long text that nobody would cut short at all, or so it seems\"}", .charactersLost),
      (#"{"note":"when?? really??? why us? a long text, that nobody would cut short at all"}"#, .otherDelivery),
      (#"{"note":"a?c and x ?? y of a program, a long text, that nobody would cut short at all"}"#, .otherDelivery),
      (#"{"id":12345678901234567000,"text":"a long text that nobody would cut short at all"}"#, .numbersRounded),
      (#"{"total":0.30000000000000004,"text":"a long text that nobody would cut short at all"}"#, .numbersRounded),
      (#"{"id":1.2345678901234568e+19,"text":"a long text that nobody would cut short at all"}"#, .numbersRounded),
      (#"{"id": 1, "url": "x", "note": "y", "amount": 2, "orderId": "ord_123", "currency": "EUR"}"#, .keysReordered),
      (#"{"a":1,"c":"x"}"#, .valuesDropped), (#"{"orderId":"ord_123","amount":99"#, .cutShort), ("", .cutShort),
      (#"{"orderId":"ord_123","customer":{"name":"a long text that is cut"... [truncated]"#, .cutShort),
      (#"{"orderId":"ord_123","customer":{"email":"zoe@example.com"},"amount":9900,"note":"x"}"#, .otherDelivery),
    ] as [(String, SignatureHint)])
  func first(body: String, hint: SignatureHint) {
    let found = Self.diagnose(Array(body.utf8))
    #expect(found.likely.first == hint && !found.proven && found.reason == .mismatch, "\(found.likely)")
    #expect(found.detail.contains("likely "))
  }

  @Test("a length tells what was dropped, cut or added, and hides no other hint")
  func lengths() {
    let order = Array(#"{"orderId":"ord_123","customer":{"email":"zoe@example.com"},"amount":9900,"note":"x"}"#.utf8)
    #expect(Self.diagnose(order, length: order.count + 12).likely == [.valuesDropped, .cutShort, .otherDelivery])
    #expect(Self.diagnose(order, length: order.count - 2).likely == [.longer, .otherDelivery])
    #expect(Self.diagnose(Array("{}".utf8), length: 170).likely.first == .valuesDropped)
    #expect(Self.diagnose(Array("a text".utf8), length: 170).likely == [.cutShort, .otherDelivery])
    let literal = Self.diagnose(Array("{'a': None}".utf8), length: 170)
    #expect(literal.reason == .bodyLength && !literal.proven && literal.likely.first == .languageLiteral)
    #expect(literal.detail.contains("has 11 bytes, 159 fewer than the 170"))
    #expect(literal.detail.contains("likely the body was printed by a programming language"))
    #expect(Self.diagnose(Array("Zo? M?ller".utf8), length: 12).likely.first == .charactersLost)
    #expect(Self.diagnose(Array(#"{"a":"Zoë ?"}"#.utf8), length: 17).likely.first == .charactersLost)
    let empty = Self.diagnose(Array("{}".utf8), length: 170).detail
    #expect(!empty.contains("null"), "\(empty)")
  }

  @Test(
    "compressed bytes that do not decode are told as such",
    arguments: [[0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0x78, 0x9C]])
  func compressed(magic: [UInt8]) {
    #expect(
      Self.diagnose(magic + Array(" a=1: None)".utf8)).likely.first == .compressed)
    #expect(
      Self.diagnose(magic + [8, 0, 0, 0, 0, 0, 2, 3] + [UInt8](repeating: 0xFF, count: 40)).likely.first == .compressed)
  }

  @Test(
    "a secret that is none is told as such, and never as proven",
    arguments: [
      "whsec_…", "whsec_****", "whsec_4fQ2...dH", "whsec_••••••••", "<your secret>", "whsec_xxxxxxxxxxxx",
      "${WEBHOOK_SECRET}",
      "$MITTR_WEBHOOK_SECRET", "MITTR_WEBHOOK_SECRET", "{{ webhook_secret }}", "changeme", "your_webhook_secret",
      "[REDACTED]",
      "[Filtered]", "undefined", "null", "whsec_", "op://vault/mittr/secret",
      "arn:aws:secretsmanager:eu-central-1:1:secret:x",
      "process.env.MITTR_WEBHOOK_SECRET", "whsec_REPLACE_ME",
    ])
  func masked(secret: String) {
    let found = Self.diagnose(Array("a body".utf8), secret: secret)
    #expect(found.reason == .secretMasked && !found.proven && !found.likely.contains(.otherDelivery))
    if secret.count > 8 { #expect(!found.detail.contains(secret)) }
  }

  @Test(
    "an API key is told as such, whatever stands before it",
    arguments: ["mtr_live_1", "\"mtr_live_1\"", "MITTR_API_KEY=mtr_live_1", "Bearer mtr_live_1", "key: mtr_test_1"])
  func apiKey(secret: String) {
    let found = Self.diagnose(Array("a body".utf8), secret: secret)
    #expect(found.reason == .secretIsAPIKey && !found.proven)
  }

  @Test("what only looks like a masked copy is not said to be one")
  func looksMasked() {
    #expect(
      Self.diagnose(Array("a body".utf8), secret: "whsec_9Kxxxxq2LmT8").detail.contains("looks like a masked copy"))
    #expect(Self.diagnose(Array("a body".utf8), secret: "<code>s3cr3t!</code>").reason == .mismatch)
  }

  @Test(
    "a secret that may be one is not",
    arguments: ["whsec_4fQ2mZr8Lk1pXv6TnB3cY9dH", "s3cr3t!", "clé-🔑", "correct horse battery staple"])
  func unmasked(secret: String) { #expect(Self.diagnose(Array("a body".utf8), secret: secret).reason == .mismatch) }

  @Test(
    "a right signature whose age is that of a time zone tells so, in either direction",
    arguments: [
      (-28_788, "hours"), (19_812, "half hours"), (20_700, "quarter hours"), (3600, "hours"), (-12_600, "half hours"),
      (50_400, "hours"), (-19_800, "half hours"), (-20_690, "quarter hours"), (-37_800, "half hours"),
      (-46_800, "hours"), (-50_400, "hours"), (-45_900, "quarter hours"),
    ])
  func clocks(age: Int, unit: String) {
    let body = Array("{}".utf8)
    let headers = WebhookSigner(secret: "k").headers(timestamp: 1_706_123_456, body: body)
    let found = SignatureDoctor(secret: "k", now: { 1_706_123_456 + age }).diagnose(headers: headers, body: body)
    #expect(found.likely == [.clockOffByHours] && found.proven && !found.valid)
    #expect(found.reason == (age < 0 ? .futureTimestamp : .staleTimestamp))
    #expect(found.detail.contains("whether local time was taken for UTC, for this is"))
    #expect(found.detail.contains("\(abs(age) % 900 == 0 ? "is" : "is nearly") a whole number of \(unit)"))
    #expect(age < 0 || found.detail.contains("whether an old delivery was sent again"))
  }

  @Test(
    "a number that is no time in seconds tells no age",
    arguments: ["1764200000000000", "1764200000000000000", "176420000000000000000000000000"])
  func farTimestamps(text: String) {
    let body = Array("{}".utf8)
    let right = CorpusCase(
      "", signature: "v1=" + CorpusCase.digits(timestamp: text, body: body), timestamp: text, body: body, causes: [])
    let found = right.diagnosis
    #expect(found.reason == .futureTimestamp && found.proven && found.age == nil)
    #expect(found.detail.contains("is no Unix time in seconds") && !found.detail.contains("days"))
  }

  @Test(
    "any other age tells no zone, and hours and days in words",
    arguments: [(172_812, "(2 days)"), (5000, "(1 hour 23 minutes)"), (100_000, "(1 day 3 hours)")])
  func ages(age: Int, words: String) {
    let body = Array("{}".utf8)
    let headers = WebhookSigner(secret: "k").headers(timestamp: 1_706_123_456, body: body)
    let found = SignatureDoctor(secret: "k", now: { 1_706_123_456 + age }).diagnose(headers: headers, body: body)
    #expect(
      found.reason == .staleTimestamp && found.likely.isEmpty && found.detail.contains("\(age) seconds \(words) ago"))
  }
}
