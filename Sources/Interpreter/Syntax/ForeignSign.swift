/// Signs and words of other languages that stand where an operator or a value may stand, and what the same is here.
enum ForeignSign {
  /// What a sign of another language is here.
  static func advice(for sign: String) -> String? { signs[sign] }

  /// What a word of another language is here, where an operator or a value should stand.
  static func advice(forWord word: String) -> String? {
    guard word.utf8.count <= 32 else { return nil }
    if let advice = words[word] { return advice }
    let lower = word.lowercased()
    if lower != word, Keyword(rawValue: lower) != nil || Operator(rawValue: lower) != nil { return lower }
    return words[lower]
  }

  /// What stands behind a `$` in other languages.
  static func advice(behindDollar token: Token) -> String? {
    guard !token.isSpaced else { return nil }
    return switch token.kind {
    case .leftParenthesis: "( … ) is a pipeline's result"
    case .leftBrace: "a variable is $name; in a string \"\\($name)\""
    case .number: "a script's arguments are $args.0, $args.1 …"
    case .at, .sign: "a script's arguments are $args"
    case .question: "try { … } catch e { … } tells a failure"
    default: nil
    }
  }

  /// What sends output elsewhere in other shells.
  static let redirections = [
    ">": "| save FILE", ">>": "| save FILE --append", "<": "open FILE | …", "&>": "| save FILE", ">&": "| save FILE",
  ]

  private static let signs = [
    "&&": "and joins conditions; ; joins statements", "&": "and joins conditions",
    "||": "or joins conditions; ?? falls back where something is null", "|": "or joins conditions",
    "!": "not negates a condition: not true", "===": "== compares", "!==": "!= compares",
    "=": "== compares; let x = … binds",
    "<>": "!= means not equal", "=<": "<= means less or equal", "~=": "=~ takes a regular expression",
    "~": "=~ takes a regular expression", "==~": "=~ takes a regular expression", "++": "set x = $x + 1",
    "+=": "set x = $x + …", "-=": "set x = $x - …", "*=": "set x = $x * …", "/=": "set x = $x / …; != is not equal",
    "??=": "set x = $x ?? …", ":=": "let x = … binds", "=>": "def name(x) { … } defines; each { … } takes each item",
    "->": "def name(x) { … } defines; each { … } takes each item", "|>": "| is enough",
    "**": "* multiplies; there is no power",
    "^": "* multiplies; there is no power", "//": "# begins a comment; ?? falls back where something is null",
    "/*": "# begins a comment", "?": "if CONDITION { … } else { … } is a value",
    "?:": "?? falls back where something is null",
    "`": "( … ) is a pipeline's result; a text stands in quotes", "<<": "a text in quotes may go over lines",
    "..": "range 1 10",
    "...": "+ joins lists", "::": "a path has dots: .a.b", "<=>": "sort-by .field",
  ]

  private static let words = [
    "eq": "==", "equals": "==", "is": "==; not .a == 1 for is not", "ne": "!=", "neq": "!=", "gt": ">", "lt": "<",
    "ge": ">=", "gte": ">=", "le": "<=", "lte": "<=", "matches": "=~ \"pattern\"", "match": "=~ \"pattern\"",
    "test": "=~ \"pattern\"", "regex": "=~ \"pattern\"", "rlike": "=~ \"pattern\"", "ilike": "=~ \"(?i)pattern\"",
    "startswith": "starts-with", "startsWith": "starts-with", "starts_with": "starts-with",
    "begins-with": "starts-with",
    "endswith": "ends-with", "endsWith": "ends-with", "ends_with": "ends-with", "includes": "contains",
    "has": "contains",
    "notin": "not … in …", "not-in": "not … in …", "nin": "not … in …",
    "not": "not goes before all of it: not .a in [1]",
    "between": ".a >= 1 and .a <= 9", "mod": "%", "div": "/", "xor": "!=", "then": "a block stands in braces: { … }",
    "do": "a block stands in braces: { … }", "elif": "else if CONDITION { … }", "elsif": "else if CONDITION { … }",
    "elseif": "else if CONDITION { … }", "except": "catch e { … }", "rescue": "catch e { … }", "of": "in",
    "as": "let NAME = … binds",
    "none": "null", "nil": "null", "undefined": "null", "nothing": "null", "yes": "true", "no": "false",
    "len": "(… | length)", "isnull": "== null",
  ]
}

extension Parser {
  /// The sign or the word at hand, where another language has it: all of it, and what to write here.
  ///
  /// - Parameter isArgument: whether it stands behind a command's arguments.
  func foreignSign(isArgument: Bool = false) -> (span: SourceSpan, help: String)? {
    let token = tokens[index]
    switch token.kind {
    case .word: return ForeignSign.advice(forWord: text(token)).map { (token.span, $0) }
    case .sign, .assign, .other, .pipe, .question, .colon, .dot: break
    default: return nil
    }
    let start = token.span.start
    var (first, end) = (start, token.span.end)
    while first > 0, start - first < Self.longestSign, Self.isSign(bytes[first - 1]) { first -= 1 }
    while end < bytes.count, end - start < Self.longestSign, Self.isSign(bytes[end]) { end += 1 }
    for span in [SourceSpan(first, end), token.span] {
      let sign = source.text(span)
      // A `|`, a `?` or a `:` by itself may be out of place for many reasons.
      if sign == "|" && token.isSpaced || sign == "?" && !token.isSpaced { continue }
      if let help = isArgument ? ForeignSign.redirections[sign] : nil { return (span, help) }
      if let help = ForeignSign.advice(for: sign) { return (span, help) }
    }
    return nil
  }

  private static let longestSign = 3

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "&"),
      UInt8(ascii: "|"),
      UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "?"),
      UInt8(ascii: ":"), UInt8(ascii: "^"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
