import Interpreter
import MittrWebhooks
import OrderedJSON

enum SignCommand {
  private static let body = Parameter.option("body", .bytes, "the exact body: @file, @- or text")
  private static let secret = Parameter.repeatedOption(
    "secret", .text, "the endpoint's secret; MITTR_WEBHOOK_SECRET without it")
  private static let timestamp = Parameter.option("timestamp", .integer, "Unix seconds; now without it")

  static let command = Command(
    "sign", topic: .signatures, "makes the headers that sign a body",
    input: .none, result: .value, parameters: [body, secret, timestamp],
    examples: [
      .init("sign --body '{}' --secret whsec_test --timestamp 1706123456", "a body given as text"),
      .init("sign --body {a: 1} --secret whsec_test | get X-Mittr-Signature", "the signature alone, made now"),
    ]
  ) { call throws(Interruption) in
    guard let body = try await call.bytes(body) else {
      throw .failure(Failure("missing-argument", "'sign' needs --body: the exact bytes to sign"))
    }
    let secrets = try await call.secrets(secret)
    let signer = WebhookSigner(secret: secrets[0])
    let timestamp = try await call.value(timestamp) ?? Int(call.session.now())
    return .value(
      .object(JSONObject(signer.headers(timestamp: timestamp, body: body).map { ($0.0, .string($0.1)) })))
  }
}
