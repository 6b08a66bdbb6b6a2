import OrderedJSON
import Testing

@Suite("sign and verify")
struct SignatureTests {
  struct Vector: Sendable {
    let secret: String
    let timestamp: Int
    let body: [UInt8]
    let digest: String
  }

  /// Computed with OpenSSL and with Node's crypto, which agree.
  static let vectors = [
    Vector(
      secret: "whsec_test", timestamp: 1_706_123_456, body: Array("{}".utf8),
      digest: "25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b"),
    Vector(
      secret: "whsec_test", timestamp: 1_706_123_456, body: [],
      digest: "aa51a179e766368642e7a08a4590f8b6cf50f312f696020334f34a30860ec858"),
    Vector(
      secret: "whsec_test", timestamp: 1_706_123_456, body: Array(#"{"orderId":"ord_123","amount":9900}"#.utf8),
      digest: "99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029"),
    Vector(
      secret: "whsec_test", timestamp: 1_706_123_456, body: Array(#"{"name":"Zoë","emoji":"🚀"}"#.utf8),
      digest: "19ffb33752c1394af75a9d15f644ce69918a0dc5ef37f972e5ae649f0e91a72b"),
    // Every byte there is: NUL, line breaks, and what is no UTF-8.
    Vector(
      secret: "clé-🔑", timestamp: 0, body: Array(0...255),
      digest: "e49b2157d6a654df09d0a50aa57c9c3f07569a42fe7e773695ce6c9c5e89da15"),
    Vector(
      secret: String(repeating: "k", count: 200), timestamp: 1_767_225_599, body: Array(repeating: 0x61, count: 1000),
      digest: "123ce2e50a4183a30ee3f50bd321b34a87cc139101819b41add5362583fd8d83"),
  ]

  @Test("the published vectors hold, whether the body comes from a file or from standard input", arguments: vectors)
  func publishedVectors(_ vector: Vector) async throws {
    for body in ["@body.bin", "@-"] {
      let signed = await CommandRun(
        "sign --body \(body) --secret '\(vector.secret)' --timestamp \(vector.timestamp)",
        files: ["body.bin": vector.body], standardInput: vector.body)
      #expect(
        signed.output
          == #"{"X-Mittr-Timestamp":"\#(vector.timestamp)","X-Mittr-Signature":"v1=\#(vector.digest)"}"# + "\n")
      let verified = await CommandRun(
        "verify --body \(body) --secret '\(vector.secret)' --timestamp \(vector.timestamp) "
          + "--signature v1=\(vector.digest) --now \(vector.timestamp + 1)",
        files: ["body.bin": vector.body], standardInput: vector.body)
      let finding = try JSONValue(parsing: verified.output)
      #expect(finding["valid"] == true)
      #expect(finding["reason"] == "ok")
      #expect(finding["age"] == 1)
    }
  }

  @Test("a signature that does not hold is an answer with its reason, not a failure")
  func reasons() async {
    let right = Self.vectors[0].digest
    for (arguments, reason) in [
      ("--signature v1=\(right) --timestamp 1706123456 --now 1706124000", "stale-timestamp"),
      ("--signature v1=\(right) --timestamp 1706123456 --now 1706124000 --tolerance 600", "ok"),
      ("--signature v1=\(right) --timestamp 1706123456 --now 1706123000", "future-timestamp"),
      ("--timestamp 1706123456", "missing-signature"),
      ("--signature v1=\(right)", "missing-timestamp"),
      ("--signature v1=\(right) --timestamp noon", "malformed-timestamp"),
      ("--signature nonsense --timestamp 1706123456 --now 1706123456", "malformed-signature"),
      ("--signature v1=\(Self.vectors[2].digest) --timestamp 1706123456 --now 1706123456", "mismatch"),
    ] {
      let run = await CommandRun("verify --body '{}' \(arguments) --secret whsec_test | get reason")
      #expect(run.output == "\(reason)\n")
      #expect(run.status == 0)
    }
  }

  @Test("the secret comes from the environment, from flags, or is asked for by an error")
  func secrets() async {
    let script = "sign --body '{}' --timestamp 1706123456"
    let fromEnvironment = await CommandRun(
      script + " | get X-Mittr-Signature", environment: ["MITTR_WEBHOOK_SECRET": "whsec_test"])
    #expect(fromEnvironment.output == "v1=\(Self.vectors[0].digest)\n")
    let missing = await CommandRun(script)
    #expect(missing.errors.hasPrefix("error[missing-secret]: no secret was given\n"))
    #expect(missing.status == 1)
    let rotated = await CommandRun(
      "verify --body '{}' --secret new --secret whsec_test --timestamp 1706123456 --now 1706123456 "
        + "--signature v1=\(Self.vectors[0].digest) | get reason")
    #expect(rotated.output == "secret-previous\n")
  }

  @Test("without a body there is nothing to sign or to verify", arguments: ["sign", "verify"])
  func noBody(command: String) async {
    let run = await CommandRun("\(command) --secret s")
    #expect(run.errors.hasPrefix("error[missing-argument]: '\(command)' needs --body"))
    #expect(run.status == 2)
  }

  @Test("without --timestamp a body is signed now")
  func now() async {
    let run = await CommandRun("sign --body x --secret s | get X-Mittr-Timestamp", now: 1_706_123_456.9)
    #expect(run.output == "1706123456\n")
  }
}
