import Interpreter
import LineEditor
import ShellCommands

/// How the language looks while it is typed: of the sixteen colours only those that can be read on a light background
/// and on a dark one.
enum LinePainter {
  /// The colours of a line, in its own bytes. An alias at its start is one command; what follows is read as behind what the
  /// alias stands for.
  /// - Parameter cursor: a UTF-8 offset, for the bracket at it.
  static func spans(
    of text: String, with aliases: AliasTable, in context: ParsingContext, cursor: Int?
  ) -> [LinePainting.Span] {
    spans(
      of: text, with: aliases, Parser.parse(SourceText(name: "line", text: aliases.expanded(text)), in: context),
      cursor: cursor)
  }

  /// - Parameter result: the line as it is read, with the alias replaced.
  static func spans(
    of text: String, with aliases: AliasTable, _ result: ParseResult, cursor: Int?
  ) -> [LinePainting.Span] {
    let shift = result.program.source.bytes.count - text.utf8.count
    let alias = aliases.place(in: text)
    let behind = Highlighter.highlights(result, cursor: cursor.map { $0 + shift }).compactMap {
      (highlight) -> LinePainting.Span? in
      let range = highlight.range.lowerBound - shift..<highlight.range.upperBound - shift
      return range.lowerBound < alias?.upperBound ?? 0 ? nil : LinePainting.Span(range, style(highlight.kind))
    }
    return (alias.map { [LinePainting.Span($0, style(.command))] } ?? []) + behind
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
