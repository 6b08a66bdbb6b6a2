public import OrderedJSON

/// Why a statement failed while it ran.
///
/// The code is stable; the span points at the cause when the cause stands in the source. Who raises a failure in a
/// command leaves the span out: the evaluator adds the place of the command.
public struct Failure: Error, Sendable {
  /// In kebab case for failures of the language (`division-by-zero`), in the API's own words for its errors
  /// (`NOT_FOUND`).
  public var code: String
  public var message: String
  public var help: String?
  public var span: SourceSpan?
  public var source: SourceText?
  /// The HTTP status, when a server answered.
  public var status: Int?
  public var details: JSONValue?

  public init(
    _ code: String, _ message: String, at span: SourceSpan? = nil, help: String? = nil, status: Int? = nil,
    details: JSONValue? = nil
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
    self.status = status
    self.details = details
  }

  /// The process's exit status when nothing catches this.
  public var exitStatus: Int32 {
    switch code {
    case "items-failed": 3
    case "missing-argument", "unexpected-argument", "takes-no-input", "source-failed": 2
    default: 1
    }
  }

  /// What `catch err` binds and `--errors json` prints.
  public var record: JSONObject {
    var record: JSONObject = ["code": .string(code), "message": .string(message)]
    record["status"] = status.map { .number(JSONNumber($0)) }
    record["details"] = details
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
