import Interpreter
import MittrWebhooks
import OrderedJSON

enum VerifyCommand {
  private static let signature = Parameter.option("signature", .text, "what X-Mittr-Signature said")
  private static let timestamp = Parameter.option("timestamp", .text, "what X-Mittr-Timestamp said")
  private static let body = Parameter.option("body", .bytes, "the exact body received: @file, @- or text")
  private static let secret = Parameter.repeatedOption(
    "secret", .text, "the endpoint's secret, several during a rotation; MITTR_WEBHOOK_SECRET without it")
  private static let now = Parameter.option("now", .integer, "judge as at this time, in Unix seconds")
  private static let tolerance = Parameter.option(
    "tolerance", .integer(in: 0...Int.max), default: WebhookVerifier.defaultToleranceSeconds,
    "how far the timestamp may be from now, in seconds", defaultText: "300")

  static let command = Command(
    "verify", topic: .signatures, "says whether a delivery's signature holds, and if not, why",
    discussion: """
      It answers {valid, reason, proven, detail, expected, timestamp, age}. A signature that is right but old has the
      reason stale-timestamp, never mismatch. The body is taken byte for byte.
      """,
    input: .none, result: .value, parameters: [signature, timestamp, body, secret, now, tolerance],
    examples: [
      .init(
        "verify --signature v1=25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b --timestamp 1706123456 --body '{}' --secret whsec_test --now 1706123456",
        "a delivery that holds"),
      .init(
        "verify --signature v1=00 --timestamp 1706123456 --body '{}' --secret whsec_test | get .reason",
        "only the reason"),
    ]
  ) { call throws(Interruption) in
    var headers: [(String, String)] = []
    if let signature = try await call.value(signature) { headers.append((WebhookHeaderName.signature, signature)) }
    if let timestamp = try await call.value(timestamp) { headers.append((WebhookHeaderName.timestamp, timestamp)) }
    guard let body = try await call.bytes(body) else {
      throw .failure(
        Failure(
          "missing-argument", "'verify' needs --body: the exact bytes received",
          help: "--body @file, or --body @- for standard input"))
    }
    let secrets = try await call.secrets(secret)
    let now = try await call.value(now) ?? Int(call.session.now())
    let doctor = SignatureDoctor(
      secret: secrets[0], previousSecrets: Array(secrets.dropFirst()),
      toleranceSeconds: try await call.value(tolerance),
      now: { now })
    return .value(.object(doctor.diagnose(headers: headers, body: body).json))
  }
}
