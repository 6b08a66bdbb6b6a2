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

  static func nestedTooDeeply(at span: SourceSpan?) -> Failure {
    Failure("too-deep", "lists and records nest more than \(JSONValue.deepestNesting) levels deep", at: span)
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

/// Everything that ends a statement before its end.
public enum Interruption: Error, Sendable {
  case failure(Failure)
  /// Ctrl-C, or the task was cancelled. Not an error.
  case cancelled
  /// The reader of standard output went away. Ends quietly.
  case outputClosed
  /// `exit N`.
  case exit(Int32)
  /// `return` on its way to the function's call; `depth` tells that call from those further in.
  case returned(JSONValue?, depth: Int)

  /// Does something that may fail, where anything that ends a statement may be thrown. What fails in a cancelled task
  /// failed because of that.
  /// - Parameter span: where the cause stands.
  static func rethrowing<Result>(
    at span: SourceSpan? = nil, _ body: () throws(Failure) -> Result
  ) throws(Interruption) -> Result {
    do throws(Failure) {
      return try body()
    } catch {
      if Task.isCancelled { throw .cancelled }
      throw .failure(span.map { error.located(at: $0) } ?? error)
    }
  }

  func located(at span: SourceSpan) -> Interruption {
    guard case .failure(let failure) = self else { return self }
    return .failure(failure.located(at: span))
  }

  func located(in source: SourceText) -> Interruption {
    guard case .failure(let failure) = self else { return self }
    return .failure(failure.located(in: source))
  }
}
