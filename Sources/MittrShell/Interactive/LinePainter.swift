import Interpreter
import LineEditor

/// How the language looks while it is typed: of the sixteen colours only those that can be read on a light background
/// and on a dark one.
enum LinePainter {
  static func spans(_ highlights: [Highlight]) -> [LinePainting.Span] {
    highlights.map { LinePainting.Span($0.range, style($0.kind)) }
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
