/// Something wrong in a source text, found before it runs. No rendered text: `DiagnosticFormatter` draws it.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  public let severity: Severity
  public let code: Failure.Code
  /// One sentence without a full stop.
  public let message: String
  public let span: SourceSpan
  /// What to do about it, shown beside the caret, such as `did you mean --status?`.
  public let help: String?
  /// The bracket that something is missing for.
  public let opener: SourceSpan?

  public init(
    _ severity: Severity = .error, _ code: Failure.Code, _ message: String, at span: SourceSpan, help: String? = nil,
    opener: SourceSpan? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.help = help
    self.opener = opener
  }
}
