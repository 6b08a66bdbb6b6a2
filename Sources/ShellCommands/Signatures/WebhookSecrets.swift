import Basics
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
  /// The secrets given, and all to use: those, else the one of `MITTR_WEBHOOK_SECRET`; empty when there is none.
  func secrets() async throws(Interruption) -> (given: WebhookSecrets?, all: [WebhookSecret]) {
    let given = try await givenSecrets()
    return (given, secrets(given))
  }

  /// The secrets to use: those given, else others, else the one of `MITTR_WEBHOOK_SECRET`; empty when there is none.
  func secrets(_ given: WebhookSecrets?, orElse others: [WebhookSecret] = []) -> [WebhookSecret] {
    if let given { return given.webhookSecrets }
    if !others.isEmpty { return others }
    guard let secret = session.environment["MITTR_WEBHOOK_SECRET"], !secret.isEmpty else { return [] }
    return [WebhookSecret(secret)]
  }

  /// The secrets given; nil when none is. It may read standard input to its end: ask once for all items.
  func givenSecrets() async throws(Interruption) -> WebhookSecrets? {
    var given = try await value(WebhookSecrets.secret)
    var trimmed: [String]?
    if let bytes = try await contents(WebhookSecrets.secretFile) {
      guard let text = String(validating: TextDecoder.decoded(bytes), as: UTF8.self) else {
        throw .failure(Failure(.notText, "the secret is not UTF-8 text", at: span(of: WebhookSecrets.secretFile)))
      }
      let end = text.unicodeScalars.reversed().drop { $0 == "\n" || $0 == "\r" }
      let bare = String(String.UnicodeScalarView(end.reversed()))
      if bare != text { trimmed = given + [bare] }
      given.append(text)
    }
    guard !given.contains(where: { $0.isEmpty }) else { throw .failure(Self.emptySecret) }
    session.rendering.learn(given + (trimmed ?? []))
    return given.isEmpty ? nil : WebhookSecrets(exact: given, withoutLineBreak: trimmed)
  }

  static var emptySecret: Failure { Failure("missing-secret", "the secret is empty", help: secretHelp) }
  static var noSecret: Failure { Failure("missing-secret", "no secret was given", help: secretHelp) }
  private static var secretHelp: String { "--secret S, --secret-file FILE, or set MITTR_WEBHOOK_SECRET" }
}
