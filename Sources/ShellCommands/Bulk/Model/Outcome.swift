import Interpreter
import MittrSDK
import OrderedJSON

/// What became of one item.
struct Outcome: JobOutcome {
  enum Kind: String, Sendable, CaseIterable {
    /// The server did it.
    case done
    /// The server looked at it and would not do it.
    case refused
    /// It did not come to that, and certainly was not done.
    case failed
    /// The request went out, and nobody knows whether it was done.
    case unknown
    /// It was not done because the run ended before: it can be done later.
    case unsent
  }

  var kind: Kind
  /// What the server says of the object now.
  var answer: JSONObject?
  var error: ItemError?
  /// Why it is known to be done although the answer was lost.
  var evidence: String?

  /// Why it is not done, in a word: the error's code, or the status that a receiver answered with. Empty where nothing
  /// is known.
  var cause: String {
    if let error { return error.code }
    return answer?["status"]?.intValue.map { "HTTP \($0)" } ?? ""
  }

  var isUnknown: Bool { kind == .unknown }

  static func done(_ answer: JSONObject?, evidence: String? = nil) -> Outcome {
    Outcome(kind: .done, answer: answer, evidence: evidence)
  }

  static func refused(_ error: MittrError) -> Outcome { Outcome(kind: .refused, error: ItemError(error)) }

  static func failed(_ error: MittrError) -> Outcome { Outcome(kind: .failed, error: ItemError(error)) }

  static func unknown(_ error: MittrError) -> Outcome { unknown(error, found: nil) }

  /// - Parameter found: what looking at the object afterwards told.
  static func unknown(_ error: MittrError, found: String?) -> Outcome {
    Outcome(kind: .unknown, error: .unknown(error, found: found))
  }
}

/// The `error` of an item's outcome: `{code, message, status, details?, body?, requestId?, retryAfter?}`.
struct ItemError: Error, Sendable {
  var code: String
  var message: String
  var status: Int?
  /// What else the server said: its details, its body, the request's id.
  var facts: JSONObject

  init(code: String, message: String, status: Int? = nil, facts: JSONObject = [:]) {
    self.code = code
    self.message = message
    self.status = status
    self.facts = facts
  }

  init(_ error: MittrError) {
    self.init(code: error.code.rawValue, message: error.message, status: error.status, facts: error.facts)
  }

  init(_ record: JSONObject) {
    self.init(
      code: record["code"]?.stringValue ?? "", message: record["message"]?.stringValue ?? "",
      status: record["status"]?.intValue, facts: record)
  }

  /// The codes of failures that an item is the cause of, and not what was typed.
  static let itemCodes: Set<Failure.Code> = [
    "wrong-kind", .typeMismatch, .noSuchField, .badArgument, .badIndex, .badText, .overflow, .divisionByZero,
  ]
  /// So much of an item is shown in its error.
  private static let longestItem = 200

  /// Of an item that no request can be made of.
  init(_ failure: Failure, item number: Int, _ item: JSONValue) {
    let text = JSONWriter.compact.string(item)
    let shown = text.utf8.count > Self.longestItem ? String(text.prefix(Self.longestItem)) + "…" : text
    var facts: JSONObject = ["value": .string(shown)]
    facts["help"] = failure.help.map { .string($0) }
    self.init(code: failure.code.rawValue, message: "item \(number): \(failure.message)", facts: facts)
  }

  var record: JSONObject {
    var record: JSONObject = ["code": .string(code), "message": .string(message)]
    record["status"] = status.map { .number(JSONNumber($0)) } ?? .null
    for (name, value) in facts where record[name] == nil { record[name] = value }
    return record
  }

  /// Whatever left the outcome open, one code says that it is.
  static func unknown(_ error: MittrError, found: String?) -> ItemError {
    var message =
      error.code == .outcomeUnknown
      ? error.message : "an attempt may have been served before the last one failed (\(error.code)): \(error.message)"
    if let found { message += "; \(found)" }
    return ItemError(
      code: MittrError.Code.outcomeUnknown.rawValue, message: message, status: error.status, facts: error.facts)
  }

  /// For a request that a run before this one left without an end.
  static func leftOpen(found: String?) -> ItemError {
    ItemError(
      code: MittrError.Code.outcomeUnknown.rawValue,
      message: "an earlier run ended while this request was under way" + (found.map { "; \($0)" } ?? ""))
  }
}
