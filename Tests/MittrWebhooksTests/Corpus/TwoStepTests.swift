import Foundation
import MittrWebhooks
import Testing

/// Two things that were done to one body, or to one secret: the reason is the one that matters most.
@Suite("Two steps")
struct TwoStepTests {
  static let xml = "<?xml version=\"1.0\"?>\n<order>\n<name>Zoë & Söhne</name>\n</order>"
  static let text = "first line\nsecond line\n\nfourth"
  static let json = #"{"orderId":"ord_123","customer":{"name":"Zoë Müller"},"note":"café","amount":9900}"#

  static func diagnosis(_ signed: String, _ received: [UInt8], length: Bool = false) -> SignatureDiagnosis {
    var one = CorpusCase(
      "", body: .init(signed: Array(signed.utf8), received: received), secret: SecretFault.none, causes: [])
    if length { one.headers.append(("Content-Length", String(signed.utf8.count))) }
    return one.diagnosis
  }

  static func crlf(_ text: String) -> String { text.replacingOccurrences(of: "\n", with: "\r\n") }

  private static func data(_ text: String, _ encoding: String.Encoding) -> [UInt8] {
    Array(text.data(using: encoding) ?? Data())
  }

  /// UTF-8 read as Latin-1.
  private static func misread(_ text: String) -> [UInt8] {
    Array((String(bytes: text.utf8, encoding: .isoLatin1) ?? "").utf8)
  }

  private static func escapedForHTML(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }

  private static func inField(_ text: String) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: ["body": text, "id": 1]))
  }

  @Test(
    "another encoding, wrapping or escape is the reason, though the line breaks are others too",
    arguments: [false, true])
  func lineBreaks(length: Bool) throws {
    for signed in [Self.xml, Self.text] {
      let lines = Self.crlf(signed)
      var cases: [([UInt8], SignatureReason)] = [
        ([0xFF, 0xFE] + Self.data(lines, .utf16LittleEndian), .bodyEncoding),
        ([0xFF, 0xFE] + Self.data(lines + "\r\n", .utf16LittleEndian), .bodyEncoding),
        (Array(SecretFault.base64(lines).utf8), .bodyWrapped), (try Self.inField(lines), .bodyWrapped),
        ([0xEF, 0xBB, 0xBF] + Array(lines.utf8), .bodyByteOrderMark),
        ([0xEF, 0xBB, 0xBF] + Array((lines + "\r\n").utf8), .bodyByteOrderMark),
      ]
      if signed == Self.xml {
        cases += [
          (Array(Self.escapedForHTML(lines).utf8), .bodyEscaped), (Self.misread(lines), .bodyEncoding),
          (Self.misread(signed + "\n"), .bodyEncoding), (Self.data(lines, .isoLatin1), .bodyEncoding),
        ]
      }
      for (place, (received, reason)) in cases.enumerated() {
        let found = Self.diagnosis(signed, received, length: length)
        #expect(found.reason == reason && found.proven && !found.valid, "\(place): \(found.causes)")
      }
    }
  }

  @Test("JSON that was decoded wrongly and then written anew is found", arguments: [false, true])
  func rewritten(length: Bool) throws {
    let decomposed = Self.json.decomposedStringWithCanonicalMapping
    for text in [String(decoding: Self.misread(Self.json), as: UTF8.self), decomposed] {
      let spaced = text.replacingOccurrences(of: ",\"", with: ", \"").replacingOccurrences(of: "\":", with: "\": ")
      let found = Self.diagnosis(Self.json, Array(spaced.utf8), length: length)
      #expect(found.proven && found.causes.count == 2 && found.causes.contains(.bodyReserialized), "\(found.causes)")
      let escaped = spaced.utf16.map { unit in
        unit < 0x80
          ? String(decoding: [unit], as: UTF16.self) : "\\u" + String(String(Int(unit) + 0x10000, radix: 16).suffix(4))
      }.joined()
      let other = Self.diagnosis(Self.json, Array(escaped.utf8), length: length)
      #expect(other.proven && other.causes.count == 2 && other.causes.contains(.bodyReserialized), "\(other.causes)")
    }
  }

  @Test(
    "a newline more or less is said, though it is no cause of its own",
    arguments: [
      (json + "\n", json.replacingOccurrences(of: "\":", with: "\": "), "minified, with LF as its final newline"),
      ("<a>Zoë</a>", "&lt;a&gt;Zoë&lt;/a&gt;\n", "HTML entities undone, without its final newline"),
      ("say \"hi\"", "say \\\"hi\\\"\n", ", without its final newline"),
      ("Zoë", "Zoe\u{308}\n", "(NFC), without its final newline"),
      ("a b", "a\u{A0}b\n", "typographic ones, without its final newline"),
      ("a b", "a b\n\n", "the body without its 2 final newlines"),
      ("a b", "a b\n", "the body without its final newline"),
      ("a b\n", "a b", "the body with LF as its final newline"),
      ("a b\n\n\n", "a b\n\n", "with 3 final newlines rather than 2"),
    ])
  func endings(signed: String, received: String, phrase: String) {
    let found = Self.diagnosis(signed, Array(received.utf8))
    #expect(found.proven && found.explanation.contains(phrase), "\(found.explanation)")
  }

  @Test("a sentence names no escapes where there is nothing to escape")
  func spellings() {
    let spaced = #"{"b": 1, "a": "x/y"}"#
    for (signed, phrase) in [
      (#"{"a":"x/y","b":1}"#, "minified, with its keys sorted"), (#"{"b":1,"a":"x\/y"}"#, "minified, with / escaped"),
      ("{\r\n  \"b\": 1,\r\n  \"a\": \"x/y\"\r\n}", "indented by 2 spaces with CRLF line endings"),
    ] {
      let found = Self.diagnosis(signed, Array(spaced.utf8))
      #expect(found.explanation == "The signature is right for the same JSON \(phrase)", "\(found.explanation)")
    }
  }

  @Test(
    "an empty body in whose place a program gives nothing's name is found", arguments: ["{}", "[]", "null", "None"])
  func nothing(received: String) {
    let found = Self.diagnosis("", Array(received.utf8), length: true)
    #expect(found.causes == [.bodyExtraBytes] && found.proven, "\(found.causes)")
  }

  @Test("a text that is no JSON is found in a field of JSON in a field of JSON")
  func nested() throws {
    let inner = try Self.inField("id=1&type=order.created&total=9.90")
    for outer in [try Self.inField(String(decoding: inner, as: UTF8.self))] {
      let found = Self.diagnosis("id=1&type=order.created&total=9.90", outer)
      #expect(found.causes == [.bodyWrapped] && found.proven, "\(found.causes)")
    }
  }

  @Test("only where the size is the cause, a body is called too large")
  func untried() {
    var one = CorpusCase(
      "", body: .init(signed: Array(Self.json.utf8), received: Array("{\"a\":\"\\u00e9\",\"b\":[1.50,2]}".utf8)),
      secret: .init(key: [1], given: ["correct-horse-battery-staple\nand another line\n"]), causes: [])
    #expect(!one.diagnosis.detail.contains("too large"))
    one.body = Array(Self.json.utf8)
    #expect(!one.diagnosis.detail.contains("too large"))
  }

  @Test(
    "a secret is wrapped, quoted or encoded before it has white space around it",
    arguments: [
      ("    webhookSecret: KEY", .secretWrapped), ("  \"webhookSecret\": \"KEY\",", .secretWrapped),
      ("      - SECRET=KEY\n", .secretWrapped), ("- \"SECRET=KEY\"", .secretWrapped), ("**KEY**", .secretWrapped),
      ("<code>KEY</code>", .secretWrapped), ("Signing secret\nKEY\n", .secretWrapped),
      (" 'KEY'\n", .secretQuoted),
    ] as [(String, SignatureReason)])
  func secrets(given: String, reason: SignatureReason) {
    for key in ["Zp0/9xQ+ab==mN7$k", "correct-horse-battery-staple", "whsec_4fQ2mZr8Lk1pXv6TnB3c"] {
      let body = Array("a body".utf8)
      let found = CorpusCase(
        "", body: .init(signed: body, received: body),
        secret: .init(key: Array(key.utf8), given: [given.replacingOccurrences(of: "KEY", with: key)]), causes: []
      ).diagnosis
      #expect(found.reason == reason && found.proven, "\(given): \(found.causes)")
      if found.causes.contains(.secretWhitespace) {
        #expect(found.detail.contains(", for a file's last line ends with a newline, and "))
        #expect(
          found.detail.contains("trim the secret")
            && found.detail.contains(reason == .secretQuoted ? "remove" : "set only"))
      }
    }
  }

  @Test("a secret that was encoded with its name or quotes, or marked as hexadecimal, is found")
  func encodedSecrets() {
    let (key, body) = ("correct-horse-battery-staple", Array("a body".utf8))
    for given in [
      SecretFault.base64("SECRET=\(key)"), SecretFault.base64("\"\(key)\""),
      "0x" + CorpusCase.hexadecimal(Array(key.utf8)),
    ] {
      let found = CorpusCase(
        "", body: .init(signed: body, received: body), secret: .init(key: Array(key.utf8), given: [given]), causes: []
      ).diagnosis
      #expect(found.proven && found.causes.contains(.secretEncoded), "\(given): \(found.causes)")
    }
  }
}
