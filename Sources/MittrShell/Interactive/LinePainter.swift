import Interpreter
import LineEditor

/// How the language looks while it is typed: of the sixteen colours only those that can be read on a light background
/// and on a dark one.
enum LinePainter {
  /// - Parameters:
  ///   - shift: how much longer the text that was read is than the one that is shown, since an alias at its start gave way
  ///     to what it stands for.
  ///   - alias: where the alias stands in what is shown.
  static func spans(_ highlights: [Highlight], shift: Int = 0, alias: Range<Int>? = nil) -> [LinePainting.Span] {
    let spans = highlights.compactMap { highlight -> LinePainting.Span? in
      let range = highlight.range.lowerBound - shift..<highlight.range.upperBound - shift
      guard range.lowerBound >= alias?.upperBound ?? 0 else { return nil }
      return LinePainting.Span(range, style(highlight.kind))
    }
    return (alias.map { [LinePainting.Span($0, style(.command))] } ?? []) + spans
  }

  static func style(_ kind: Highlight.Kind) -> TextStyle {
    switch kind {
    case .command: TextStyle(1)
    case .keyword: TextStyle(1, 35)
    case .flag: TextStyle(36)
    case .string: TextStyle(32)
    case .number: TextStyle(34)
    case .variable: TextStyle(1, 34)
    case .sign: TextStyle(35)
    case .comment: TextStyle(2)
    case .mistake: TextStyle(31)
    case .unclosed: TextStyle(4, 31)
    case .matchingBracket: TextStyle(1, 4)
    }
  }
}
