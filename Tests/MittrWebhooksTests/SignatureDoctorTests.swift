import OrderedJSON
import Testing

@testable import MittrWebhooks

@Suite("The doctor")
struct SignatureDoctorTests {
  static let vector = SignatureVector.order
  static let now = 1_706_123_456

  static func diagnose(
    secret: WebhookSecret = "whsec_test", _ headers: some WebhookHeaders, body: [UInt8] = vector.body, now: Int = now
  ) -> SignatureDiagnosis {
    SignatureDoctor(secret: secret, now: { now }).diagnose(headers: headers, body: body)
  }

  @Test("the record has its keys in order")
  func record() {
    let diagnosis = Self.diagnose(Self.vector.headers, now: Self.now + 10)
    #expect(
      JSONWriter.compact.string(.object(diagnosis.json)) == """
        {"valid":true,"reason":"ok","proven":true,"detail":"The signature is right and the timestamp is fresh.",\
        "expected":"\(Self.vector.signature)","timestamp":"1706123456","age":10,\
        "received":"\(Self.vector.signature)","causes":["ok"],"likely":[],"differs":null}
        """)
    #expect(
      JSONWriter.compact.string(.object(Self.diagnose([:] as [String: String]).json)) == """
        {"valid":false,"reason":"missing-signature","proven":true,"detail":"There is no X-Mittr-Signature header; \
        check that a proxy does not remove it and that the request is from Mittr.","expected":null,"timestamp":null,\
        "age":null,"received":null,"causes":["missing-signature"],"likely":[],"differs":null}
        """)
  }

  @Test("stale and future are said of a right signature, with its age")
  func freshness() {
    let stale = Self.diagnose(Self.vector.headers, now: Self.now + 3600)
    #expect(stale.reason == .staleTimestamp && stale.proven && !stale.valid && stale.age == 3600)
    #expect(stale.expected == Self.vector.signature)
    let future = Self.diagnose(Self.vector.headers, now: Self.now - 3600)
    #expect(future.reason == .futureTimestamp && future.proven && future.age == -3600)
  }

  @Test("a mismatch is not proven, and tells the signature that was expected")
  func mismatch() {
    let diagnosis = Self.diagnose(Self.vector.headers, body: Array("{}".utf8), now: Self.now + 9999)
    #expect(diagnosis.reason == .mismatch && !diagnosis.proven && diagnosis.age == 9999)
    #expect(diagnosis.expected == SignatureVector.published[0].signature)
  }

  @Test("a missing header's detail names the headers that come near, a few of them and cut short")
  func nearMisses() {
    let missing = Self.diagnose([("X-Hub-Signature-256", "sha256=00"), ("Accept", "*/*"), ("x-mittr-timestamp", "1")])
    #expect(missing.reason == .missingSignature)
    #expect(missing.detail.contains("but there is X-Hub-Signature-256; "))
    let timestamp = Self.diagnose([("x-mittr-signature", Self.vector.signature), ("Webhook-Timestamp", "1")])
    #expect(timestamp.reason == .missingTimestamp && timestamp.detail.contains("Webhook-Timestamp"))
    let many = (0..<10_000).map { ("signature-\($0)-" + String(repeating: "x", count: 1000), "") }
    #expect(Self.diagnose(many).detail.utf8.count < 600)
    #expect(Self.diagnose([("X-Mittr-Signature", "")]).detail.hasPrefix("There is no X-Mittr-Signature header; "))
  }

  @Test(
    "a malformed timestamp's detail says what it is instead",
    arguments: [
      ("2024-01-24T19:10:56Z", "a calendar date"), ("1706123456.789", "a fraction or an exponent"),
      ("1.7e9", "a fraction or an exponent"), ("-5", "a sign"), ("+170612345699999999999999", "a sign"),
      ("soon", "no decimal integer"), ("nan", "no decimal integer"), ("--------------", "a calendar date"),
      ("1706123456 ", "no decimal integer"),
    ])
  func malformedTimestamp(text: String, form: String) {
    let diagnosis = Self.diagnose(["x-mittr-timestamp": text, "x-mittr-signature": Self.vector.signature])
    #expect(diagnosis.reason == .malformedTimestamp && diagnosis.proven)
    #expect(diagnosis.detail.contains(form))
    #expect(diagnosis.timestamp == text && diagnosis.age == nil)
    #expect(diagnosis.expected != nil)
  }

  @Test("a malformed signature's detail says whether its prefix is there")
  func malformedSignature() {
    for (text, part) in [("sha256=00", "does not begin with v1="), ("v1=00", "is not v1= and 64 lowercase")] {
      let diagnosis = Self.diagnose(["x-mittr-timestamp": Self.vector.timestamp, "x-mittr-signature": text])
      #expect(diagnosis.reason == .malformedSignature && diagnosis.detail.contains(part))
    }
  }

  @Test("headers that differ from each other are told as such")
  func conflicting() {
    let headers = ["x-mittr-timestamp": ["1", "2"], "x-mittr-signature": ["v1=1", "v1=2"]]
    let timestamps = Self.diagnose(headers)
    #expect(timestamps.reason == .malformedTimestamp && timestamps.detail.contains("several X-Mittr-Timestamp"))
    #expect(timestamps.timestamp == nil && timestamps.expected == nil)
  }

  @Test("no value of a repeated header is called wrong that was not looked at", arguments: 0..<13)
  func manyValues(place: Int) {
    var values = (0..<12).map { "v1=0\($0)" }
    values.insert(Self.vector.signature, at: min(place, values.count))
    let headers = ["x-mittr-timestamp": [Self.vector.timestamp], "x-mittr-signature": values]
    let diagnosis = Self.diagnose(headers)
    #expect(diagnosis.reason == .malformedSignature)
    let isFound = diagnosis.detail.contains("is right")
    #expect(isFound || !diagnosis.detail.contains("none has the right") && !diagnosis.isExhaustive)
    #expect(isFound == (place < ReceivedSignature.maximumValues))
  }

  @Test(
    "a date is taken in its own zone, and one without a zone tells no age",
    arguments: [
      ("Wed Jan 24 2024 20:10:56 GMT+0100 (Central European Standard Time)", true), ("2024-01-24T20:10:56+01:00", true),
      ("2024-01-24 20:10:56.500+01", true), ("Wed, 24 Jan 2024 19:10:56 GMT", true), ("2024-01-24T14:10:56-0500", true),
      ("2024-01-24T19:10:56", false), ("Jan 24, 2024 7:10:56 PM", false), ("24-Jan-2024 19:10:56", false),
      ("2024-02-31T19:10:56Z", nil),
    ] as [(String, Bool?)])
  func writtenDates(text: String, isZoned: Bool?) {
    let form = TimestampForm(text)
    #expect(form.seconds?.seconds == isZoned.map { _ in 1_706_123_456 })
    #expect(form.secondsOfFreshness == (isZoned == true ? 1_706_123_456 : nil))
  }

  @Test("the search ends when its task is cancelled, and says so")
  func cancelled() async {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return Self.diagnose(Self.vector.headers, body: Array("{\"a\":1}".utf8))
    }
    task.cancel()
    let diagnosis = await task.value
    #expect(diagnosis.reason == .mismatch && !diagnosis.isExhaustive)
    #expect(diagnosis.detail.contains("the search was stopped before everything was tried"))
  }

  @Test("a mismatch lists what is likely in this request first")
  func likely() {
    func advice(_ body: [UInt8], _ more: (String, String)...) -> String? {
      Self.diagnose(Self.vector.headers.map { ($0, $1) } + more, body: body).advice
    }
    #expect(advice([])?.hasPrefix("likely the body was read before") == true)
    #expect(advice([1], ("content-encoding", "gzip"))?.hasPrefix("likely the body was decompressed") == true)
    #expect(advice(Array("caf\u{FFFD}".utf8))?.hasPrefix("likely the body was decoded to text with losses") == true)
    #expect(advice([1])?.hasPrefix("likely the secret is another endpoint's") == true)
    #expect(Self.diagnose(secret: "", Self.vector.headers).explanation == "The secret is empty")
  }

  @Test("the doctor and the verifier agree on every reason")
  func agreement() {
    let times = [Self.now, Self.now + 301, Self.now - 301]
    let timestamps: [String?] = [nil, "", "1706123456", "x", "99999999999999999999"]
    let signatures: [String?] = [nil, "", Self.vector.signature, "v1=x", SignatureVector.published[0].signature]
    for now in times {
      for timestamp in timestamps {
        for signature in signatures {
          var headers: [String: String] = [:]
          headers["X-Mittr-Timestamp"] = timestamp
          headers["X-Mittr-Signature"] = signature
          let failure = WebhookVerifierTests.failure(headers: headers, now: now)
          let diagnosis = Self.diagnose(headers, now: now)
          #expect(diagnosis.reason == failure?.reason ?? .ok)
          #expect(diagnosis.valid == (failure == nil))
        }
      }
    }
  }
}
