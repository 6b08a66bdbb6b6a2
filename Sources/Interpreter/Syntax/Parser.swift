/// A parsed text that can be run.
public struct Program: Sendable {
  public let source: SourceText
  let block: Block
  let reassigned: Reassignments

  /// Whether there is nothing to run: only white space and comments.
  public var isEmpty: Bool { block.statements.isEmpty }
}

/// What parsing found. A program with errors must not be run.
public struct ParseResult: Sendable {
  public let program: Program
  /// Everything found, in the order of the text.
  public let diagnostics: [Diagnostic]
  /// Whether the text only stops too early, so that more lines could complete it.
  public let isIncomplete: Bool

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What a text may refer to besides what it declares itself.
public struct ParsingContext: Sendable {
  public enum Mode: Sendable {
    /// A line that starts with `|` continues the one before.
    case script
    /// A line is complete when it could be run.
    case interactive
  }

  /// Variables that are always there: the script's arguments, the environment, a function's input, the last result.
  public static let predefinedVariables: Set<String> = ["args", "env", "in", "_"]

  public let registry: CommandRegistry
  public var variables: Set<String>
  public var functions: Set<String>
  public var mode: Mode

  public init(
    registry: CommandRegistry, variables: Set<String> = [], functions: Set<String> = [], mode: Mode = .script
  ) {
    self.registry = registry
    self.variables = variables
    self.functions = functions
    self.mode = mode
  }
}

/// Recursive descent over tokens, with recovery at statement boundaries, so that one run reports all that is wrong.
/// Names of commands, flags and variables are resolved here: what is misspelt never runs.
///
/// The grammar stands in `Grammar.ebnf` beside this file.
public struct Parser {
  /// The largest text that is parsed, in bytes.
  public static let maximumLength = 32 << 20
  /// The deepest nesting of brackets in what is not plain JSON, which may be 512 deep.
  static let maximumDepth = 128
  /// The longest chain of operators in one expression.
  static let maximumChain = 1000
  /// Errors beyond these are not reported.
  static let maximumDiagnostics = 20

  let source: SourceText
  let context: ParsingContext
  var tokens: [Token]
  var index = 0
  var ignoresNewlines = false
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false
  var depth = 0
  var nextEffect = 0
  var scopes: [Set<String>]
  var functions: Set<String>
  /// After `source FILE` any variable and any function may exist.
  var checksNames = true
  var triesJSON = true
  var reassigned = Reassignments()
  /// Whether a stage of the pipeline that is being parsed has `--explain`.
  var isExplained = false

  /// Thrown after its diagnostic was recorded, up to the statement where parsing goes on.
  struct Stop: Error {}

  public static func parse(_ source: SourceText, in context: ParsingContext) -> ParseResult {
    var parser = Parser(source, context)
    let block = parser.isText() ? parser.program() : Block(statements: [], span: SourceSpan(0, 0))
    return ParseResult(
      program: Program(source: source, block: block, reassigned: parser.reassigned), diagnostics: parser.diagnostics,
      isIncomplete: parser.isIncomplete)
  }

  private init(_ source: SourceText, _ context: ParsingContext) {
    self.source = source
    self.context = context
    tokens = []
    scopes = [context.variables.union(ParsingContext.predefinedVariables)]
    functions = context.functions
  }

  private mutating func isText() -> Bool {
    guard source.bytes.count <= Self.maximumLength else {
      report("script-too-large", Self.tooLarge(source.bytes.count), SourceSpan(0, 0))
      return false
    }
    let isUTF8 = String(validating: source.bytes, as: UTF8.self) != nil
    guard isUTF8, !source.bytes.contains(0) else {
      report("not-text", "this is not a script: it holds bytes that are not UTF-8 text", SourceSpan(0, 0))
      return false
    }
    return true
  }

  private static func tooLarge(_ count: Int) -> String {
    "the script is \(count >> 20) MiB long; at most \(maximumLength >> 20) MiB are read"
  }

  private mutating func program() -> Block {
    // Some editors put a byte order mark in front.
    let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    tokens = Lexer.tokens(source.bytes, in: start..<source.bytes.count)
    collectFunctionNames()
    var statements: [Statement] = []
    while true {
      statements += self.statements()
      guard token.kind != .end else { break }
      // A closing bracket that nothing opened.
      report("unexpected-token", "nothing was opened that \(describe(token)) could close", token.span)
      index += 1
    }
    return Block(statements: statements, span: SourceSpan(0, source.bytes.count))
  }

  /// Functions may be called above their definition.
  private mutating func collectFunctionNames() {
    for index in tokens.indices.dropLast() where tokens[index].kind == .word && tokens[index].length == 3 {
      if tokens[index + 1].kind == .word, text(tokens[index]) == "def" { functions.insert(text(tokens[index + 1])) }
    }
  }

  // MARK: Tokens

  var token: Token {
    mutating get {
      if ignoresNewlines { while tokens[index].kind == .newline { index += 1 } }
      return tokens[index]
    }
  }

  /// The token behind the current one, whatever it is.
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  var previousEnd: Int { index > 0 ? tokens[index - 1].end : tokens[0].span.start }

  func text(_ token: Token) -> String { source.text(token.span) }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  mutating func skipNewlines() {
    while tokens[index].kind == .newline { index += 1 }
  }

  mutating func isWord(_ word: String) -> Bool {
    let token = self.token
    return token.kind == .word && Int(token.length) == word.utf8.count && text(token) == word
  }

  mutating func skip(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  mutating func expect(_ kind: Token.Kind, _ what: String) throws(Stop) {
    guard skip(kind) else { throw unexpected(what) }
  }

  // MARK: Diagnostics

  /// Whether so much is wrong that the rest need not be looked at.
  var hasEnough: Bool { diagnostics.count >= Self.maximumDiagnostics }

  mutating func report(
    _ code: String, _ message: String, _ span: SourceSpan, help: String? = nil, severity: Diagnostic.Severity = .error
  ) {
    guard !hasEnough else { return }
    diagnostics.append(Diagnostic(severity, code, message, at: span, help: help))
  }

  mutating func stop(_ code: String, _ message: String, _ span: SourceSpan, help: String? = nil) -> Stop {
    report(code, message, span, help: help)
    return Stop()
  }

  /// Reports the current token as out of place; at the end of the text that means that more is needed.
  mutating func unexpected(_ what: String, help: String? = nil) -> Stop {
    let token = self.token
    switch token.kind {
    case .end:
      if diagnostics.isEmpty { isIncomplete = true }
      return stop("unexpected-end", "the text ends where \(what) should follow", token.span, help: help)
    case .unterminatedString:
      if diagnostics.isEmpty { isIncomplete = true }
      return stop(
        "unterminated-string", "this string has no closing quote", SourceSpan(token.span.start, token.span.start + 1))
    default:
      return stop("unexpected-token", "expected \(what), got \(describe(token))", token.span, help: help)
    }
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .newline: "the end of the line"
    case .end: "the end"
    case .string, .rawString: "a string"
    default: "'\(text(token).prefix(40))'"
    }
  }

  /// Runs `body` one level deeper; what nests too deeply is an error instead of a crash.
  mutating func nested<Result>(_ body: (inout Parser) throws(Stop) -> Result) throws(Stop) -> Result {
    guard depth < Self.maximumDepth else {
      throw stop(
        "nesting-too-deep", "nested more than \(Self.maximumDepth) levels deep", token.span)
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Runs `body` with line breaks as mere white space, or as statement boundaries.
  mutating func newlines<Result>(
    ignored: Bool, _ body: (inout Parser) throws(Stop) -> Result
  ) throws(Stop) -> Result {
    let before = ignoresNewlines
    ignoresNewlines = ignored
    defer { ignoresNewlines = before }
    return try body(&self)
  }
}
