import Interpreter
import MittrWebhooks
import OrderedJSON

enum SignCommand {
  private static let body = Parameter.option("body", .bytes, "the exact body: @file, @- or text")
  private static let timestamp = Parameter.option("timestamp", .integer, "Unix seconds; now without it")
  private static let form = Parameter.option(
    "as", .choice(["record", "headers", "curl"]), default: "record",
    "the headers as a record, as header lines, or in a curl command that sends all", defaultText: "record")
  private static let url = Parameter.option("url", .text, "where curl sends it; without it, to listen's receiver")

  static let command = Command(
    "sign", topic: .signatures, "makes the headers that sign a body",
    discussion: """
      With --as headers it answers the lines of a request's head; with --as curl a command for any POSIX shell, which sends
      exactly this body with these headers. verify reads all of them. The secret is in none.
      """,
    input: .none, result: .value,
    parameters: [body, WebhookSecrets.secret, WebhookSecrets.secretFile, timestamp, form, url],
    searchWords: ["hmac", "signature", "curl", "generate"],
    examples: [
      .init("sign --body '{}' --secret whsec_test --timestamp 1706123456", "a body given as text"),
      .init("sign --body {a: 1} --secret whsec_test | get X-Mittr-Signature", "the signature alone, made now"),
      .init(
        "sign --body {a: 1} --secret whsec_test --as curl --url http://127.0.0.1:4000/hook", "a delivery by hand"),
    ]
  ) { call throws(Interruption) in
    guard let body = try await call.bytes(body) else {
      throw .failure(Failure(.missingArgument, "'sign' needs --body: the exact bytes to sign"))
    }
    let (given, secrets) = try await call.secrets()
    guard let secret = given?.withoutLineBreak?.first.map({ WebhookSecret($0) }) ?? secrets.first else {
      throw .failure(Call.noSecret)
    }
    let timestamp = try await call.value(timestamp) ?? Int(clamping: call.session.now())
    let headers = WebhookSigner(secret: secret).headers(timestamp: timestamp, body: body)
    let form = try await call.value(form)
    guard form == "curl" else {
      try call.refuse([url], without: "--as curl", help: "add --as curl")
      if form == "headers" {
        return .value(.string(headers.map { "\($0.0): \($0.1)" }.joined(separator: "\n")), kind: .text)
      }
      return .value(.object(JSONObject(headers.map { ($0.0, .string($0.1)) })))
    }
    guard let target = try await call.value(url) ?? call.session[ReceiverKey.self]?.url else {
      throw .failure(
        Failure(
          .missingArgument, "'sign --as curl' needs --url: where to send it", help: "--url http://127.0.0.1:4000/"))
    }
    guard target.hasPrefix("http://") || target.hasPrefix("https://"),
      !target.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
    else {
      throw .failure(
        Failure(.badArgument, "--url: expected a URL that begins with http:// or https://", at: call.span(of: url)))
    }
    return .value(.string(CurlCommand(url: target, headers: headers, body: body).text), kind: .text)
  }
}
