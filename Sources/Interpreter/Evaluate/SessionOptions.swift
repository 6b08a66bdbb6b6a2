/// What a person may set of a session.
public struct SessionOptions: Sendable {
  /// How results are shown.
  public var rendering: RenderingOptions
  /// How warnings and errors are drawn.
  public var diagnosticFormatter: DiagnosticFormatter
  /// Whether errors, warnings and summaries are printed as JSON, a line each (`--errors json`).
  public var reportsJSON: Bool
  /// Whether a person reads the error stream, and is told what came of a command that yields nothing.
  public var tellsOutcomes: Bool
  /// Whether questions are taken as answered with yes.
  public var assumesYes: Bool
  /// Whether a person types the statements: then `$_` is kept, and what passes by is noted for completion.
  public let isInteractive: Bool
  /// Whether lines are typed without colours, suggestions and menus; `false` unless a person asks for it.
  public var isEditingPlain = false

  public init(
    rendering: RenderingOptions = RenderingOptions(), diagnosticFormatter: DiagnosticFormatter = DiagnosticFormatter(),
    reportsJSON: Bool = false, assumesYes: Bool = false, isInteractive: Bool = false, tellsOutcomes: Bool = false
  ) {
    self.tellsOutcomes = tellsOutcomes
    self.rendering = rendering
    self.diagnosticFormatter = diagnosticFormatter
    self.reportsJSON = reportsJSON
    self.assumesYes = assumesYes
    self.isInteractive = isInteractive
  }
}
