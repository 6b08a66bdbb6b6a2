import Interpreter
import MittrWebhooks
import OrderedJSON

extension Call {
  /// The secrets given as flags, else the one in `MITTR_WEBHOOK_SECRET`.
  func secrets(_ parameter: Parameter<[String]>) async throws(Interruption) -> [WebhookSecret] {
    var given = try await value(parameter)
    if given.isEmpty, let secret = session.environment["MITTR_WEBHOOK_SECRET"] { given = [secret] }
    guard !given.contains(where: { $0.isEmpty }), !given.isEmpty else {
      throw .failure(
        Failure("missing-secret", "no secret was given", help: "--secret S, or set MITTR_WEBHOOK_SECRET"))
    }
    return given.map { WebhookSecret($0) }
  }
}
