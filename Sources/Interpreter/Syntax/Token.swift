/// A piece of source text. What it means depends on where it stands, so a token carries no value: the parser reads the
/// text under its span. Adjacent tokens make up one bare word where an argument is expected (`https://x.y/z?a=b`).
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case word
    case number
    /// `"…"`, with escapes and interpolations still in it.
    case string
    /// `'…'`.
    case rawString
    /// `--name`.
    case flag
    case newline
    case semicolon
    case pipe
    case leftParenthesis
    case rightParenthesis
    case leftBracket
    case rightBracket
    case leftBrace
    case rightBrace
    case comma
    case colon
    case dollar
    case dot
    case question
    case doubleQuestion
    case at
    case plus
    case minus
    case star
    case slash
    case percent
    case assign
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    case matches
    case doesNotMatch
    /// A byte that means nothing by itself but may stand in a bare word (`&`, `!`, `#` within a word).
    case other
    /// A string whose closing quote is missing.
    case unterminatedString
    case end
  }

  let kind: Kind
  /// Whether white space, a comment or a line break stands before it.
  let isSpaced: Bool
  /// What a word means where a statement or an operator may stand.
  let keyword: Keyword?
  let start: UInt32
  let length: UInt32

  var span: SourceSpan { SourceSpan(Int(start), Int(start + length)) }
  var end: Int { Int(start) + Int(length) }
}
