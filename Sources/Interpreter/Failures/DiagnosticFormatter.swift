import Basics

/// Draws errors and warnings with their source line and a caret. The only place that draws carets.
public struct DiagnosticFormatter: Sendable {
  /// Whether to colour with SGR sequences.
  public let isColoured: Bool
  /// The terminal's columns, for which long messages are broken between words; nil elsewhere, where a line stays one.
  public var columns: Int?
  /// The longest piece of a source line that is shown, in columns.
  private static let window = 72

  public init(isColoured: Bool = false, columns: Int? = nil) {
    self.isColoured = isColoured
    self.columns = columns
  }

  /// - Parameter mask: what is taken out of a message before it is broken into lines.
  public func text(
    _ diagnostic: Diagnostic, in source: SourceText?, mask: (String) -> String = { $0 }
  ) -> String {
    text(
      severity: diagnostic.severity, code: diagnostic.code, message: diagnostic.message,
      span: diagnostic.span, help: diagnostic.help, opener: diagnostic.opener, source: source, mask: mask)
  }

  /// - Parameter mask: what is taken out of a message before it is broken into lines.
  public func text(_ failure: Failure, mask: (String) -> String = { $0 }) -> String {
    text(
      severity: .error, code: failure.code, message: failure.message,
      span: failure.span, help: failure.help, opener: nil, source: failure.source, mask: mask)
      + (failure.itemLine.map { "  in \($0)\n" } ?? "")
  }

  private func text(
    severity: Diagnostic.Severity, code: Failure.Code, message: String, span: SourceSpan?, help: String?,
    opener: SourceSpan?, source: SourceText?, mask: (String) -> String
  ) -> String {
    let colour = severity == .error ? "31" : "33"
    let secrets = source.map { $0.secrets(around: span ?? SourceSpan(0, 0)) }
    // Whole values of the source first: what is left of one would not be found again.
    func hidden(_ text: String) -> String { mask(secrets?.masked(message: text) ?? text) }
    let message = hidden(message)
    let help = help.map(hidden)
    let head = "\(severity.rawValue)[\(SafeText.escaped(code.rawValue))]"
    var lines = broken(SafeText.escaped(message), first: head + ": ", indent: 2)
    lines[0] = paint(head, "1;" + colour) + lines[0].dropFirst(head.count)
    if let source, let secrets, let span, !source.bytes.isEmpty {
      lines += excerpt(source, span, secrets, help: help, colour: colour)
      // The opener may stand far above.
      if let opener {
        lines += excerpt(source, opener, source.secrets(around: opener), help: "opened here", colour: "34")
      }
    } else if let help {
      lines += helpLines(help)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func excerpt(
    _ source: SourceText, _ span: SourceSpan, _ secrets: SecretValues, help: String?, colour: String
  ) -> [String] {
    let position = source.position(of: span.start)
    let lineEnd = position.lineSpan.end
    // A long line is cut around the cause, which must stay visible.
    let limit = 4 * Self.window
    func piece(_ span: SourceSpan) -> String { SafeText.escaped(secrets.masked(span)) }
    let shown = (
      before: lastPart(piece(source.tail(SourceSpan(position.lineSpan.start, span.start), limit: limit))),
      marked: DisplayWidth.prefix(
        piece(source.head(SourceSpan(span.start, min(span.end, lineEnd)), limit: limit)), width: Self.window),
      after: DisplayWidth.fitted(
        piece(source.head(SourceSpan(min(span.end, lineEnd), lineEnd), limit: limit)), width: Self.window / 2)
    )

    let number = String(position.line)
    let margin = String(repeating: " ", count: number.count)
    let indent = String(repeating: " ", count: DisplayWidth.width(shown.before))
    let carets = String(repeating: "^", count: max(1, DisplayWidth.width(shown.marked)))
    let advice = help.map { " " + SafeText.escaped($0) } ?? ""
    let isBeside = columns.map { DisplayWidth.width(margin + " | " + indent + carets + advice) <= $0 } ?? true
    return [
      "\(margin)\(paint("-->", "34")) \(SafeText.escaped(source.name)):\(number):\(position.column)",
      "\(paint("\(number) |", "34")) \(shown.before)\(shown.marked)\(shown.after)",
      "\(margin) \(paint("|", "34")) \(indent)\(paint(isBeside ? carets + advice : carets, colour))",
    ] + (isBeside ? [] : help.map(helpLines) ?? [])
  }

  private func helpLines(_ help: String) -> [String] {
    broken(SafeText.escaped(help), first: "  help: ", indent: 8)
  }

  private func broken(_ text: String, first: String, indent: Int) -> [String] {
    guard let columns, DisplayWidth.width(first) + DisplayWidth.width(text) > columns else { return [first + text] }
    return TextLayout.filled(text, first: first, indent: indent, width: columns, keepsSpaces: true)
      .split(separator: "\n").map(String.init)
  }

  private func lastPart(_ text: String) -> String {
    DisplayWidth.width(text) > Self.window / 2 ? "…" + DisplayWidth.suffix(text, width: Self.window / 2) : text
  }

  private func paint(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
