public import OrderedJSON

/// Why a statement failed while it ran.
///
/// The span points at the cause when the cause stands in the source. Who raises a failure in a command leaves the span
/// out: the evaluator adds the place of the command.
public struct Failure: Error, Sendable {
  public var code: Code
  public var message: String
  public var help: String?
  public var span: SourceSpan?
  public var source: SourceText?
  /// What else is known, under the names that `$err` has for it, such as `status`.
  public var facts: JSONObject

  public init(
    _ code: Code, _ message: String, at span: SourceSpan? = nil, help: String? = nil, facts: JSONObject = [:]
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
    self.facts = facts
  }

  /// The process's exit status when nothing catches this.
  public var exitStatus: Int32 { code.exitStatus }

  /// What `catch err` binds and `--errors json` prints.
  public var record: JSONObject {
    var record: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
    for (name, value) in facts { record[name] = value }
    record["help"] = help.map { .string($0) }
    return record
  }

  func located(at span: SourceSpan) -> Failure {
    var failure = self
    if failure.span == nil { failure.span = span }
    return failure
  }

  func located(in source: SourceText) -> Failure {
    var failure = self
    if failure.source == nil { failure.source = source }
    return failure
  }
}
