import Interpreter
import MittrWebhooks
import OrderedJSON

/// The parameters that say which secrets to use, and what they come to.
struct WebhookSecrets {
  static let secret = Parameter.repeatedOption(
    "secret", .text, "the endpoint's secret, several during a rotation; MITTR_WEBHOOK_SECRET without it")
  static let secretFile = Parameter.option("secret-file", .file, "a file that holds the secret")

  /// Exactly as given.
  let exact: [String]
  /// Without the line break at the end of a file; nil when there is none.
  let withoutLineBreak: [String]?

  var webhookSecrets: [WebhookSecret] { exact.map { WebhookSecret($0) } }
}

extension Call {
  /// The secrets given, else those of `MITTR_WEBHOOK_SECRET`; nil when there is none.
  func secrets(orElse others: [WebhookSecret] = []) async throws(Interruption) -> (
    given: WebhookSecrets?, all: [WebhookSecret]
  ) {
    var given = try await value(WebhookSecrets.secret)
    var trimmed: [String]?
    if let bytes = try await contents(WebhookSecrets.secretFile) {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .failure(Failure("not-text", "the secret is not UTF-8 text", at: span(of: WebhookSecrets.secretFile)))
      }
      let end = text.unicodeScalars.reversed().drop { $0 == "\n" || $0 == "\r" }
      let bare = String(String.UnicodeScalarView(end.reversed()))
      if bare != text { trimmed = given + [bare] }
      given.append(text)
    }
    guard !given.contains(where: { $0.isEmpty }) else { throw .failure(Self.emptySecret) }
    if !given.isEmpty {
      let secrets = WebhookSecrets(exact: given, withoutLineBreak: trimmed)
      return (secrets, secrets.webhookSecrets)
    }
    if !others.isEmpty { return (nil, others) }
    guard let secret = session.environment["MITTR_WEBHOOK_SECRET"], !secret.isEmpty else { return (nil, []) }
    return (nil, [WebhookSecret(secret)])
  }

  static var emptySecret: Failure { Failure("missing-secret", "the secret is empty", help: secretHelp) }
  static var noSecret: Failure { Failure("missing-secret", "no secret was given", help: secretHelp) }
  private static var secretHelp: String { "--secret S, --secret-file FILE, or set MITTR_WEBHOOK_SECRET" }
}
