import Crypto
import Foundation
import MittrWebhooks
import Testing

/// As `CorpusTests`, for what is wrong with the headers, and for other ways of signing.
@Suite("The doctor's corpus of headers")
struct HeaderCorpusTests {
  typealias Case = CorpusCase

  /// Ways to write a signature, each with the causes it stands for.
  static let forms: [(name: String, causes: [SignatureReason], write: @Sendable ([UInt8]) -> String)] = [
    ("no prefix", [.signatureMissingPrefix], { Case.hexadecimal($0) }),
    ("sha256=", [.signatureMissingPrefix], { "sha256=" + Case.hexadecimal($0) }),
    ("v1,", [.signatureMissingPrefix], { "v1," + Case.hexadecimal($0) }),
    ("V1=", [.signatureMissingPrefix], { "V1=" + Case.hexadecimal($0) }),
    ("uppercase", [.signatureUppercase], { "v1=" + Case.hexadecimal($0).uppercased() }),
    ("base64", [.signatureBase64], { "v1=" + Data($0).base64EncodedString() }),
    ("base64 of the digits", [.signatureBase64], { "v1=" + Data(Case.hexadecimal($0).utf8).base64EncodedString() }),
    ("63 digits", [.signatureTruncated], { "v1=" + Case.hexadecimal($0).dropLast() }),
    ("40 digits", [.signatureTruncated], { "v1=" + Case.hexadecimal($0).prefix(40) }),
    ("16 digits", [.signatureTruncated], { "v1=" + Case.hexadecimal($0).prefix(16) }),
    (
      "uppercase without a prefix", [.signatureMissingPrefix, .signatureUppercase],
      { Case.hexadecimal($0).uppercased() }
    ),
    ("Svix", [.signatureMissingPrefix, .signatureBase64], { "v1," + Data($0).base64EncodedString() }),
    (
      "URL-safe base64", [.signatureMissingPrefix, .signatureBase64],
      {
        Data($0).base64EncodedString().replacingOccurrences(of: "+", with: "-")
          .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
      }
    ),
    ("spaces", [.malformedSignature], { " v1=\(Case.hexadecimal($0)) " }),
    ("quotes", [.malformedSignature], { "\"v1=\(Case.hexadecimal($0))\"" }),
    ("twice", [.malformedSignature], { "v1=\(Case.hexadecimal($0)), v1=\(Case.hexadecimal($0))" }),
    ("Stripe", [.malformedSignature], { "t=1706123456,v1=\(Case.hexadecimal($0))" }),
  ]

  @Test("how a signature is written is found, with any body, and together with a fault of the body or the secret")
  func forms() {
    var cases: [Case] = []
    for body in CorpusBodies.all {
      for form in Self.forms {
        let signature = form.write(Case.code(body: body.bytes))
        cases.append(Case("\(body.name), \(form.name)", signature: signature, body: body.bytes, causes: form.causes))
        cases.append(
          Case(
            "\(body.name), \(form.name), a newline", signature: signature, body: body.bytes + [10],
            causes: form.causes + [.bodyTrailingNewline]))
        cases.append(
          Case(
            "\(body.name), \(form.name), quotes", signature: signature, body: body.bytes, secrets: ["'whsec_test'"],
            causes: form.causes + [.secretQuoted]))
      }
    }
    CorpusTests.expectFound(cases)
  }

  @Test("too few digits prove nothing, and neither do 64 wrong ones in whatever form")
  func unproven() {
    let code = Case.code(body: [1])
    let short = Case("15 digits", signature: "v1=" + Case.hexadecimal(code).prefix(15), body: [1], causes: [])
    #expect(short.diagnosis.causes == [.malformedSignature])
    for form in Self.forms {
      let wrong = Case(form.name, signature: form.write(Case.code(body: [2, 3])), body: [1], causes: [])
      #expect(wrong.diagnosis.reason == .malformedSignature, "\(form.name)")
    }
  }

  @Test("other ways of signing are found, by themselves and with a fault of the body")
  func schemes() {
    var cases: [Case] = []
    for body in CorpusBodies.all {
      let time = Array("1706123456".utf8)
      let colon = time + [UInt8(ascii: ":")]
      let dot = time + [UInt8(ascii: ".")]
      let id = Array("evt_1.".utf8) + dot
      func add(_ name: String, _ signature: String, _ cause: SignatureReason) {
        var one = Case("\(body.name), \(name)", signature: signature, body: body.bytes, causes: [cause])
        one.headers += [("X-Mittr-Event-ID", "evt_1")]
        cases.append(one)
        var two = Case(
          "\(body.name), \(name), CRLF", signature: signature, body: body.bytes + [13, 10],
          causes: [cause, .bodyTrailingNewline])
        two.headers += [("webhook-id", "evt_1")]
        cases.append(two)
      }
      func sha256(_ prefix: [UInt8]) -> String {
        Case.hexadecimal(Case.code(SHA256.self, message: prefix + body.bytes))
      }
      add("body alone", "v1=" + sha256([]), .signedWithoutTimestamp)
      add("GitHub", "sha256=" + sha256([]), .signedWithoutTimestamp)
      add("nothing between", "v1=" + sha256(time), .signedOtherScheme)
      add("a colon between", "v1=" + sha256(colon), .signedOtherScheme)
      add("an id before", "v1=" + sha256(id), .signedOtherScheme)
      let sha1 = Case.code(Insecure.SHA1.self, message: dot + body.bytes)
      add("SHA-1", "v1=" + Case.hexadecimal(sha1), .signedOtherScheme)
      add("SHA-1 in base64", Data(sha1).base64EncodedString(), .signedOtherScheme)
      let sha512 = Case.code(SHA512.self, message: dot + body.bytes)
      add("SHA-512", "v1=" + Case.hexadecimal(sha512), .signedOtherScheme)
    }
    let unwritten = cases.map { one in
      let isBase64 = one.name.contains("base64")
      return isBase64 ? Self.with(one, [one.causes[0], .signatureBase64] + one.causes.dropFirst()) : one
    }
    CorpusTests.expectFound(unwritten)
  }

  static func with(_ one: Case, _ causes: [SignatureReason]) -> Case {
    var other = Case(one.name, signature: "", body: one.body, secrets: one.secrets, causes: causes)
    other.headers = one.headers
    return other
  }

  @Test("milliseconds are found, whether they were signed or made afterwards")
  func milliseconds() {
    var cases: [Case] = []
    for body in CorpusBodies.all {
      for (time, name) in [("1706123456789", "signed"), ("1706123456", "made afterwards")] {
        let signature = "v1=" + Case.digits(timestamp: time, body: body.bytes)
        cases.append(
          Case(
            "\(body.name), \(name)", signature: signature, timestamp: "1706123456789", body: body.bytes,
            causes: [.timestampMilliseconds]))
        cases.append(
          Case(
            "\(body.name), \(name), a newline", signature: signature, timestamp: "1706123456789",
            body: body.bytes + [10],
            causes: [.timestampMilliseconds, .bodyTrailingNewline]))
      }
    }
    CorpusTests.expectFound(cases)
    let wrong = Case("", signature: "v1=" + Case.digits(body: [2]), timestamp: "1706123456789", body: [1], causes: [])
    #expect(wrong.diagnosis.reason == .timestampMilliseconds && !wrong.diagnosis.proven)
    #expect(wrong.diagnosis.age == 7)
  }

  @Test(
    "a timestamp in another form is read, and the signature is found right for what it means",
    arguments: [
      "2024-01-24T19:10:56Z", "2024-01-24 19:10:56", "2024-01-24T20:10:56.500+01:00", "2024-01-24T14:10:56-0500",
      "1706123456.0", "1706123456.789", "1.706123456e9", "+1706123456", " 1706123456", "1706123456\r\n",
      "\"1706123456\"",
    ])
  func malformedTimestamps(text: String) {
    let diagnosis = Case(
      "", signature: "v1=" + Case.digits(body: [1, 2]), timestamp: text, body: [1, 2], causes: []
    ).diagnosis
    #expect(diagnosis.causes == [.malformedTimestamp] && diagnosis.proven && !diagnosis.valid)
    #expect(diagnosis.detail.contains("right for the timestamp 1706123456; send whole Unix seconds"))
  }

  @Test("of several signatures that differ the right one is found")
  func conflicting() {
    var one = Case("", signature: "v1=" + Case.digits(body: [1]), body: [1], causes: [])
    one.headers.append(("x-mittr-signature", "v1=" + Case.digits(body: [2])))
    #expect(one.diagnosis.causes == [.malformedSignature])
    #expect(one.diagnosis.detail.contains("right once its header is v1= and its digits and nothing else"))
    one.body = [3]
    #expect(one.diagnosis.detail.contains("none has the right signature"))
  }

  @Test("a header under another name is recognised by what it holds")
  func renamed() {
    let digits = Case.digits(body: [1])
    var one = Case("", signature: "", body: [1], causes: [])
    one.headers = [("X-Mittr-Timestamp", "1706123456"), ("X-Hub-Signature-256", "sha256=" + digits)]
    #expect(one.diagnosis.reason == .missingSignature)
    #expect(one.diagnosis.detail.contains("but X-Hub-Signature-256 has the right signature"))
    one.headers = [("HTTP_X_MITTR_TIMESTAMP", "1706123456"), ("X-Mittr-Signature", "v1=" + digits)]
    #expect(one.diagnosis.reason == .missingTimestamp)
    #expect(one.diagnosis.detail.contains("HTTP_X_MITTR_TIMESTAMP has the timestamp that was signed"))
    one.headers = [
      ("X-Mittr-Signature", "sha256=" + Case.hexadecimal(Case.code(SHA256.self, message: [1])))
    ]
    #expect(one.diagnosis.causes == [.missingTimestamp, .signedWithoutTimestamp] && one.diagnosis.proven)
  }

  @Test("a body that is not all there is told by its length, when nothing else explains the signature")
  func length() {
    let signed = Array("0123456789".utf8)
    func diagnose(_ body: [UInt8], _ more: [(String, String)], secret: String = "whsec_test") -> SignatureDiagnosis {
      var one = Case("", signature: "v1=" + Case.digits(body: signed), body: body, secrets: [secret], causes: [])
      one.headers += more
      return one.diagnosis
    }
    let empty = diagnose([], [("content-length", "10")])
    #expect(empty.causes == [.bodyEmpty] && empty.proven)
    let cut = diagnose(Array(signed.prefix(7)), [("Content-Length", "10")])
    #expect(cut.causes == [.bodyLength] && !cut.proven && cut.likely == [.cutShort, .otherDelivery])
    #expect(
      cut.detail.contains("has 7 bytes, 3 fewer than the 10 that the request says; likely the body was cut short"))
    let long = diagnose(Array("another text".utf8), [("Content-Length", "10")])
    #expect(long.detail.contains("2 more than the 10") && long.likely == [.longer, .otherDelivery])
    #expect(diagnose(signed + [10], [("Content-Length", "10")]).causes == [.bodyTrailingNewline])
    #expect(diagnose([], []).reason == .mismatch)
    #expect(diagnose([], [("content-length", "0")]).reason == .mismatch)
    #expect(diagnose([], [("content-length", "10"), ("Content-Length", "11")]).reason == .mismatch)
    #expect(diagnose([1], [("content-length", "-1")]).reason == .mismatch)
    #expect(diagnose([1], [("content-length", "99999999999999999999")]).reason == .bodyLength)
    let compressed = diagnose([1], [("Content-Length", "10"), ("Content-Encoding", "gzip")])
    #expect(compressed.reason == .bodyLength && !compressed.proven)
    let key = diagnose(Array("other".utf8), [], secret: "mtr_live_1")
    #expect(key.causes == [.secretIsAPIKey] && !key.proven)
    #expect(
      diagnose(Array("other".utf8), [("Content-Length", "10")], secret: "\"mtr_live_1\"").causes
        == [.bodyLength, .secretIsAPIKey])
  }

  @Test("a cause is told of a stale delivery too, and that it is stale besides")
  func staleAndWrong() {
    let body = Array("{\"a\":1}".utf8)
    let doctor = SignatureDoctor(secret: "whsec_test", now: { Case.now + 3600 })
    let found = doctor.diagnose(
      headers: Case.headers(signature: "v1=" + Case.digits(body: body)), body: body + [10])
    #expect(found.causes == [.bodyTrailingNewline, .staleTimestamp] && found.proven && !found.valid)
    #expect(found.detail.contains("made 3600 seconds (1 hour) ago while the tolerance is 300"))
    let rotated = SignatureDoctor(secret: "new", previousSecrets: ["whsec_test"], now: { Case.now - 3600 })
    let future = rotated.diagnose(headers: Case.headers(signature: "v1=" + Case.digits(body: body)), body: body)
    #expect(future.causes == [.futureTimestamp, .secretPrevious] && !future.valid)
  }
}
