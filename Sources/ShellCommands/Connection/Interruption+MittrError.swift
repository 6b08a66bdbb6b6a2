import Interpreter
import MittrSDK
import OrderedJSON

extension Interruption {
  /// A failed request as the language's failure. A cancelled one is no failure.
  init(_ error: MittrError) {
    self = error.isCancelled ? .cancelled : .failure(Failure(error))
  }
}

extension Failure {
  init(_ error: MittrError) {
    self.init(Code(rawValue: error.code.rawValue), Self.message(error), help: Self.help(error), facts: error.facts)
  }

  private static func message(_ error: MittrError) -> String {
    let facts = [
      error.status.map { "status \($0)" }, error.requestID.map { "request \($0)" },
      error.retryAfter.map { "retry after \($0.components.seconds) s" },
      error.idempotencyKey.map { "idempotency key \($0)" },
    ].compactMap { $0 }
    return facts.isEmpty ? error.message : "\(error.message) (\(facts.joined(separator: ", ")))"
  }

  private static func help(_ error: MittrError) -> String? {
    if error.isRedirect {
      let next = error.isOutcomeUnknown ? "; then look at it before you try again" : ""
      return "the base URL is wrong: check --base-url or MITTR_BASE_URL\(next)"
    }
    if error.isOutcomeUnknown, let key = error.idempotencyKey {
      return "sent again with --idempotency-key \(key), it is there once at most"
    }
    if error.isOutcomeUnknown { return "look at it before you try again: it may have been done" }
    return switch error.code {
    case .unauthorized: "check the key in MITTR_API_KEY"
    case .rateLimited: error.retryAfter.map { "wait \($0.components.seconds) s and try again" }
    case .connectionRefused, .dnsFailed:
      "check --base-url or MITTR_BASE_URL, or try it on a local server with --sandbox"
    default: said(error)
    }
  }

  /// What else the server said, cut short. `$err` has it whole.
  private static func said(_ error: MittrError) -> String? {
    if let details = error.details { return "details: \(String(JSONWriter.compact.string(details).prefix(300)))" }
    if case .text(let text) = error.body, !error.message.contains(text.prefix(40)) {
      return "the server said: \(String(text.prefix(200)))"
    }
    return nil
  }
}

extension MittrError {
  /// What is known besides the code and the message, under the names that `$err` and outcomes have for it. The body is
  /// as the server sent it.
  var facts: JSONObject {
    var facts = JSONObject()
    facts["status"] = status.map { .number(JSONNumber($0)) }
    facts["details"] = details
    switch body {
    case .json(let value): facts["body"] = value
    case .text(let text): facts["body"] = .string(text)
    case .none: break
    }
    facts["requestId"] = requestID.map { .string($0) }
    facts["retryAfter"] = retryAfter.map { .number(JSONNumber(Int($0.components.seconds))) }
    facts["idempotencyKey"] = idempotencyKey.map { .string($0) }
    return facts
  }
}
