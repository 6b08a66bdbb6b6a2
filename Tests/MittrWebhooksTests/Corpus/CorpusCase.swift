import Crypto
import Foundation
import MittrWebhooks

/// A delivery to which something was done, and what the doctor ought to find.
struct CorpusCase {
  let name: String
  var headers: [(String, String)]
  var body: [UInt8]
  var secrets: [String]
  /// Every cause, the reason first.
  let causes: [SignatureReason]

  static let now = 1_706_123_456

  var diagnosis: SignatureDiagnosis {
    SignatureDoctor(
      secret: WebhookSecret(secrets[0]), previousSecrets: secrets.dropFirst().map { WebhookSecret($0) },
      now: { Self.now + 7 }
    ).diagnose(headers: headers, body: body)
  }

  /// A delivery signed as the platform does, with Crypto's own HMAC.
  init(_ name: String, body: BodyFault.Pair, secret: SecretFault.Pair, causes: [SignatureReason]) {
    self.name = name
    self.body = body.received
    secrets = secret.given
    self.causes = causes
    headers = Self.headers(signature: "v1=" + Self.digits(key: secret.key, body: body.signed))
  }

  init(
    _ name: String, signature: String, timestamp: String = String(now), body: [UInt8],
    secrets: [String] = ["whsec_test"],
    causes: [SignatureReason]
  ) {
    self.name = name
    self.body = body
    self.secrets = secrets
    self.causes = causes
    headers = Self.headers(signature: signature, timestamp: timestamp)
  }

  static func headers(signature: String, timestamp: String = String(now)) -> [(String, String)] {
    [("X-Mittr-Timestamp", timestamp), ("X-Mittr-Signature", signature)]
  }

  static func code(key: [UInt8] = Array("whsec_test".utf8), timestamp: String = String(now), body: [UInt8]) -> [UInt8] {
    code(SHA256.self, key: key, message: Array("\(timestamp).".utf8) + body)
  }

  static func code<Hash: HashFunction>(
    _: Hash.Type, key: [UInt8] = Array("whsec_test".utf8), message: [UInt8]
  ) -> [UInt8] {
    Array(HMAC<Hash>.authenticationCode(for: message, using: SymmetricKey(data: key)))
  }

  static func digits(
    key: [UInt8] = Array("whsec_test".utf8), timestamp: String = String(now), body: [UInt8]
  ) -> String {
    hexadecimal(code(key: key, timestamp: timestamp, body: body))
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Something that is done to a body between signing and verifying.
struct BodyFault: Sendable {
  /// What was signed and what is received.
  struct Pair: Sendable {
    let signed: [UInt8]
    let received: [UInt8]
  }

  let name: String
  let cause: SignatureReason
  /// Nil when it changes nothing, or when nobody could tell what it did.
  let apply: @Sendable ([UInt8]) -> Pair?

  init(_ name: String, _ cause: SignatureReason, _ apply: @escaping @Sendable ([UInt8]) -> Pair?) {
    self.name = name
    self.cause = cause
    self.apply = apply
  }

  /// What may be done to any body, JSON or not.
  static let all: [BodyFault] = [
    BodyFault("a newline was added", .bodyTrailingNewline) { Pair(signed: $0, received: $0 + [10]) },
    BodyFault("CRLF was added", .bodyTrailingNewline) { Pair(signed: $0, received: $0 + [13, 10]) },
    BodyFault("a newline was dropped", .bodyTrailingNewline) { Pair(signed: $0 + [10], received: $0) },
    BodyFault("CRLF was dropped", .bodyTrailingNewline) { Pair(signed: $0 + [13, 10], received: $0) },
    BodyFault("LF became CRLF", .bodyLineEndings) { body in
      guard body.contains(10), !body.contains(13) else { return nil }
      return Pair(signed: body, received: body.flatMap { $0 == 10 ? [13, 10] : [$0] })
    },
    BodyFault("CRLF became LF", .bodyLineEndings) { body in
      guard body.contains(10), !body.contains(13) else { return nil }
      return Pair(signed: body.flatMap { $0 == 10 ? [13, 10] : [$0] }, received: body)
    },
    BodyFault("a byte order mark was added", .bodyByteOrderMark) {
      Pair(signed: $0, received: [0xEF, 0xBB, 0xBF] + $0)
    },
    BodyFault("a byte order mark was dropped", .bodyByteOrderMark) {
      Pair(signed: [0xEF, 0xBB, 0xBF] + $0, received: $0)
    },
    BodyFault("UTF-8 was read as Latin-1", .bodyEncoding) { misread($0, as: .isoLatin1) },
    BodyFault("UTF-8 was read as Windows-1252", .bodyEncoding) { misread($0, as: .windowsCP1252) },
    BodyFault("it was written in Latin-1", .bodyEncoding) { miswritten($0, in: .isoLatin1) },
    BodyFault("it was written in Windows-1252", .bodyEncoding) { miswritten($0, in: .windowsCP1252) },
  ]

  private static func misread(_ body: [UInt8], as encoding: String.Encoding) -> Pair? {
    guard body.contains(where: { $0 > 127 }), String(bytes: body, encoding: .utf8) != nil,
      let text = String(bytes: body, encoding: encoding)
    else { return nil }
    return Pair(signed: body, received: Array(text.utf8))
  }

  private static func miswritten(_ body: [UInt8], in encoding: String.Encoding) -> Pair? {
    guard body.contains(where: { $0 > 127 }), let data = String(bytes: body, encoding: .utf8)?.data(using: encoding)
    else { return nil }
    return Pair(signed: body, received: Array(data))
  }
}

/// Something that is wrong with the secret that is given.
struct SecretFault: Sendable {
  /// The key that signed, and the secrets given, the first of which is the one to use.
  struct Pair: Sendable {
    let key: [UInt8]
    let given: [String]
  }

  let name: String
  let cause: SignatureReason
  let pair: Pair

  fileprivate init(_ name: String, _ cause: SignatureReason, signedWith key: String, given: String...) {
    self.name = name
    self.cause = cause
    pair = Pair(key: Array(key.utf8), given: given)
  }

  static let none = Pair(key: Array("whsec_test".utf8), given: ["whsec_test"])

  static let all: [SecretFault] =
    [
      SecretFault("a newline behind it", .secretWhitespace, signedWith: "whsec_test", given: "whsec_test\n"),
      SecretFault("spaces around it", .secretWhitespace, signedWith: "whsec_test", given: "  whsec_test\t\r\n"),
      SecretFault("a no-break space", .secretWhitespace, signedWith: "whsec_test", given: "whsec_test\u{A0}"),
      SecretFault("double quotes", .secretQuoted, signedWith: "whsec_test", given: "\"whsec_test\""),
      SecretFault("single quotes", .secretQuoted, signedWith: "whsec_test", given: "'whsec_test'"),
      SecretFault("base64 of it", .secretEncoded, signedWith: "whsec_test", given: base64("whsec_test")),
      SecretFault(
        "unpadded base64 of it", .secretEncoded, signedWith: "whsec_te",
        given: base64("whsec_te").replacingOccurrences(of: "=", with: "")),
      SecretFault(
        "hexadecimal of it", .secretEncoded, signedWith: "whsec_test",
        given: CorpusCase.hexadecimal(Array("whsec_test".utf8))),
      SecretFault("what its base64 means", .secretEncoded, signedWith: base64("the key"), given: "the key"),
      SecretFault(
        "what its hexadecimal means", .secretEncoded, signedWith: CorpusCase.hexadecimal(Array("the key".utf8)),
        given: "the key"),
      SecretFault("no whsec_", .secretPrefix, signedWith: "whsec_1234!", given: "1234!"),
      SecretFault("whsec_ too many", .secretPrefix, signedWith: "1234!", given: "whsec_1234!"),
      SecretFault("v1, before it", .secretPrefix, signedWith: "whsec_test", given: "v1,whsec_test"),
      SecretFault("the one before", .secretPrevious, signedWith: "whsec_old", given: "whsec_new", "whsec_old"),
      SecretFault("the third", .secretPrevious, signedWith: "whsec_old", given: "whsec_new", "whsec_x", "whsec_old"),
    ] + copied

  /// What comes of copying a secret out of a file, a store or a page.
  static let copied: [SecretFault] = [
    SecretFault("a zero-width space in it", .secretWhitespace, signedWith: "whsec_test", given: "whsec\u{200B}_test"),
    SecretFault("a written-out newline", .secretWhitespace, signedWith: "whsec_test", given: #"whsec_test\n"#),
    SecretFault("a variable", .secretWrapped, signedWith: "whsec_test", given: "WEBHOOK_SECRET=whsec_test"),
    SecretFault("an export", .secretWrapped, signedWith: "whsec_test", given: "export SECRET=\"whsec_test\""),
    SecretFault("a setting", .secretWrapped, signedWith: "my-own-key", given: "webhook_secret: my-own-key"),
    SecretFault("Bearer", .secretWrapped, signedWith: "whsec_test", given: "Bearer whsec_test"),
    SecretFault(
      "JSON", .secretWrapped, signedWith: "whsec_test", given: #"{"url": "https://a.example", "secret": "whsec_test"}"#),
    SecretFault("$$ for $", .secretWrapped, signedWith: "whsec_te$t", given: "whsec_te$$t"),
    SecretFault("base64 of it and a newline", .secretEncoded, signedWith: "whsec_test", given: base64("whsec_test\n")),
    SecretFault("percent-encoding", .secretEncoded, signedWith: "whsec_te/t+x==", given: "whsec_te%2Ft%2Bx%3D%3D"),
    SecretFault("+ for a space", .secretEncoded, signedWith: "my own key", given: "my+own+key"),
    SecretFault("HTML entities", .secretEncoded, signedWith: "whsec_a&b<c", given: "whsec_a&amp;b&lt;c"),
  ]

  /// One of each kind, for pairs.
  static let differing = all.filter {
    [
      "a newline behind it", "double quotes", "base64 of it", "hexadecimal of it", "what its base64 means", "no whsec_",
      "whsec_ too many", "v1, before it", "the one before",
    ].contains($0.name)
  }

  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
