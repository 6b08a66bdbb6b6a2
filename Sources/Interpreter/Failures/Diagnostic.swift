/// Something wrong in a source text, found before it runs. No rendered text: `DiagnosticFormatter` draws it.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  public let severity: Severity
  /// Stable, in kebab case, such as `unknown-flag`.
  public let code: String
  /// One sentence without a full stop.
  public let message: String
  public let span: SourceSpan
  /// What to do about it, shown beside the caret, such as `did you mean --status?`.
  public let help: String?

  public init(
    _ severity: Severity = .error, _ code: String, _ message: String, at span: SourceSpan, help: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.help = help
  }
}
