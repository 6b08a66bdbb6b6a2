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
    case at
    /// An operator that is no word: which one, `operation` says.
    case sign
    case assign
    /// A byte that means nothing by itself but may stand in a bare word (`&`, `!`, `#` within a word).
    case other
    /// A string whose closing quote is missing.
    case unterminatedString
    case end
  }

  let kind: Kind
  /// Whether white space, a comment or a line break stands before it.
  let isSpaced: Bool
  /// What a word or a sign means where a statement or an operator may stand.
  let meaning: TokenMeaning?
  let start: UInt32
  let length: UInt32

  var span: SourceSpan { SourceSpan(Int(start), Int(start + length)) }
  var end: Int { Int(start) + Int(length) }

  var keyword: Keyword? { if case .keyword(let keyword)? = meaning { keyword } else { nil } }
  var operation: Operator? { if case .operation(let operation)? = meaning { operation } else { nil } }

  /// Whether it is the minus sign, which also stands before a number and within words.
  var isMinus: Bool { operation == .subtract }

  /// Whether no variable, function or command may have this word as its name.
  var isReserved: Bool {
    switch meaning {
    case .keyword(let keyword): keyword.isReserved
    case .operation(let operation)?: operation.isReserved
    case nil: false
    }
  }
}
