import Basics
import OrderedJSON

enum ThrowCommand {
  private static let message = Parameter.positional("message", .value, "what went wrong, or a caught error")
  private static let code = Parameter.option("code", .text, "a word that stays the same, for $err.code")
  private static let details = Parameter.option("details", .value, "what else is to be known, for $err.details")

  static let command = Command(
    "throw", topic: .shell, "fails, with a message and a code",
    discussion: """
      A caught error is thrown anew, with all its fields. The code is thrown unless given; one of the known codes also \
      brings its exit status.
      """,
    input: .none, result: .nothing, parameters: [message, code, details],
    searchWords: ["raise", "error", "fail", "die", "abort"],
    examples: [
      .init(
        "try { throw \"too few\" --code TOO_FEW } catch err { $err.code }", "with a code of its own", gives: "TOO_FEW"),
      .init(
        "try { throw \"too few\" --details {want: 5} } catch err { $err.details.want }", "with what it is about",
        gives: "5"),
      .init(
        "def careful() { try { 1 / 0 } catch err { throw $err } }\ntry { careful } catch err { $err.code }",
        "a caught error, thrown anew", gives: "division-by-zero"),
    ]
  ) { call throws(Interruption) in
    let value = try await call.value(message)
    var failure: Failure
    switch value {
    case .string, .number: failure = Failure(.thrown, value.text)
    case .object(let record):
      guard let caught = Failure(caught: record) else { throw .failure(misfit(value, at: call.span(of: message))) }
      failure = caught
    default: throw .failure(misfit(value, at: call.span(of: message)))
    }
    if let word = try await call.value(code) {
      guard isWord(word) else { throw .failure(badCode(at: call.span(of: code))) }
      failure.code = Failure.Code(rawValue: word)
    }
    // The codes of the application have exit statuses, too.
    let codes = call.session.registry.errorCodes
    failure.code = codes.first { $0 == failure.code && $0.exitStatus > 0 } ?? Failure.Code(failure.code.rawValue, "")
    if let details = try await call.value(details) { failure.facts["details"] = details }
    failure.span = call.nameSpan
    throw .failure(failure)
  }

  private static func isWord(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
  }

  private static func misfit(_ value: JSONValue, at span: SourceSpan?) -> Failure {
    Failure(
      .badArgument, "MESSAGE: expected a text or a caught error, got \(value.kindWithArticle)", at: span,
      help: "to say more than a text: --details VALUE")
  }

  private static func badCode(at span: SourceSpan?) -> Failure {
    Failure(.badArgument, "--code: expected a word of letters, digits, '-', '_' and '.', at most 64 long", at: span)
  }
}

extension Failure {
  /// What `catch` bound, as the failure that it was.
  fileprivate init?(caught record: JSONObject) {
    guard case .string(let code, _)? = record["code"], case .string(let message, _)? = record["message"] else {
      return nil
    }
    var facts = record
    for name in ["code", "message", "help"] { facts[name] = nil }
    self.init(Code(rawValue: code), message, help: record["help"]?.stringValue, facts: facts)
  }
}
