/// Recursive descent over tokens, with recovery at statement boundaries, so that one run reports all that is wrong.
/// Names of commands, flags and variables are resolved here: what is misspelt never runs.
///
/// The grammar stands in `Grammar.ebnf` beside this file.
public struct Parser {
  /// The largest text that is parsed, in bytes.
  public static let maximumLength = 32 << 20
  /// The deepest nesting of brackets in what is not plain JSON, which may be 512 deep.
  static let maximumDepth = 128
  /// The longest way from a statement's root to a leaf, in operators and stages: a walk over the tree runs on
  /// the stack.
  static let maximumHeight = 250
  /// Errors beyond these are counted, not reported.
  static let maximumDiagnostics = 20
  /// Errors beyond the reported ones and these are not even counted: parsing ends.
  static let maximumOmitted = 200

  let source: SourceText
  let bytes: [UInt8]
  let context: ParsingContext
  var tokens: [Token]
  var index = 0
  var ignoresNewlines = false
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false
  /// How many errors were found beyond those reported.
  var omitted = 0
  var depth = 0
  /// The height of the tallest piece of the current statement that is parsed so far.
  var height = 0
  var nextEffect = 0
  /// Where the brackets stand that are open.
  var openers: [SourceSpan] = []
  var scopes: [Set<String>]
  var functions: Set<String>
  /// The functions defined in this text, and their calls, which are checked once all definitions are known.
  var signatures = FunctionSignatures()
  /// The flags of the functions defined in this text that take no value.
  var switchesOfText: [String: Set<String>] = [:]
  var sources: SourcedFiles
  /// After `source FILE` any variable and any function may exist.
  var checksNames = true
  var triesJSON = true
  var mutated = MutatedVariables()
  var bindings = BlockBindings()
  /// Found on the way, and reported beside the errors.
  var warnings: [Diagnostic] = []
  /// Whether a stage of the pipeline that is being parsed has `--explain`.
  var isExplained = false
  /// Whether `.` stands for an item around the stage that is being parsed: in `each`, `where` and the like.
  var hasItem = false
  /// What a stage of the pipeline that is being parsed asks for, such as `events list --help`: then nothing else runs.
  var askedHelp: AskedHelp?
  /// How many strings that are not closed stand around the tokens at hand.
  var interpolations = 0
  /// Whether the text is to run: otherwise no statement outlives its check.
  private(set) var keepsStatements = true

  /// Thrown after its diagnostic was recorded, up to the statement where parsing goes on.
  struct Stop: Error {
    /// Boxed: every production on the way up keeps room for one on the stack.
    private let box: Box?

    init() { box = nil }
    init(_ unfinished: SyntaxNode) { box = Box(unfinished) }

    /// As much of the piece as was read; nil where nothing was.
    var unfinished: SyntaxNode? { box?.node }

    private final class Box: Sendable {
      let node: SyntaxNode
      init(_ node: SyntaxNode) { self.node = node }
    }
  }

  public static func parse(_ source: SourceText, in context: ParsingContext) -> ParseResult {
    var parser = Parser(source, context, SourcedFiles())
    return parser.result()
  }

  /// Looks for mistakes in a text that is not to run. Its tree would take ten times the room of the text: the statements
  /// that are checked are dropped.
  /// - Returns: what `parse` finds, with an empty program.
  public static func check(_ source: SourceText, in context: ParsingContext) -> ParseResult {
    var parser = Parser(source, context, SourcedFiles())
    parser.keepsStatements = false
    return parser.result()
  }

  /// Parses the whole text; only once.
  mutating func result() -> ParseResult {
    let block = isText() ? program() : Block(statements: [], span: SourceSpan(0, 0))
    if !warnings.isEmpty { diagnostics = (diagnostics + warnings).sorted { $0.span.start < $1.span.start } }
    return ParseResult(
      program: Program(source: source, block: block, mutated: mutated), diagnostics: diagnostics,
      omitted: omitted,
      isIncomplete: isIncomplete)
  }

  /// - Parameter sources: the files that texts around this one name.
  init(_ source: SourceText, _ context: ParsingContext, _ sources: SourcedFiles) {
    self.source = source
    self.bytes = source.bytes
    self.context = context
    self.sources = sources
    tokens = []
    scopes = [context.variables.union(context.mode == .interactive ? ["args", "env", "_"] : ["args", "env"])]
    functions = context.functions
  }

  private mutating func isText() -> Bool {
    guard source.bytes.count <= Self.maximumLength else {
      report(.scriptTooLarge, Self.tooLarge(source.bytes.count), SourceSpan(0, 0))
      return false
    }
    let isUTF8 = String(validating: source.bytes, as: UTF8.self) != nil
    guard isUTF8, !source.bytes.contains(0) else {
      report(.notText, "this is not a script: it holds bytes that are not UTF-8 text", SourceSpan(0, 0))
      return false
    }
    return true
  }

  private static func tooLarge(_ count: Int) -> String {
    "the script is \(count >> 20) MiB long; at most \(maximumLength >> 20) MiB are read"
  }

  private mutating func program() -> Block {
    tokens = Lexer.tokens(bytes, in: 0..<bytes.count)
    endLastLine()
    collectFunctionNames()
    var statements: [Statement] = []
    while true {
      statements += self.statements()
      guard token.kind != .end else { break }
      // A closing bracket that nothing opened.
      report(.unexpectedToken, "nothing was opened that \(describe(token)) could close", token.span)
      index += 1
    }
    checkCalls()
    return Block(statements: statements, span: SourceSpan(0, source.bytes.count))
  }

  /// Takes a backslash at the very end for what it is: the wish to go on in the next line.
  ///
  /// A line that was typed ends as if the next one were begun: what cannot go on there is wrong, not incomplete.
  private mutating func endLastLine() {
    guard let end = tokens.popLast() else { return }
    defer { tokens.append(end) }
    if let last = tokens.last, last.kind == .other, bytes[last.end - 1] == UInt8(ascii: "\\") {
      tokens.removeLast()
      isIncomplete = true
    }
    guard context.mode == .interactive else { return }
    tokens.append(Token(kind: .newline, isSpaced: true, meaning: nil, start: end.start, length: 0))
  }

  /// Functions may be called above their definition.
  private mutating func collectFunctionNames() {
    for index in tokens.indices.dropLast() where tokens[index].keyword == .def && tokens[index + 1].kind == .word {
      let name = text(tokens[index + 1])
      functions.insert(name)
      collectSwitches(of: name, behind: index + 2)
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
  var hasEnough: Bool { omitted >= Self.maximumOmitted }

  /// Whether what is found now will be shown; otherwise it is only counted, and advice need not be looked for.
  var isReporting: Bool { diagnostics.count < Self.maximumDiagnostics }

  mutating func report(
    _ code: Failure.Code, _ message: String, _ span: SourceSpan, help: String? = nil, opener: SourceSpan? = nil
  ) {
    guard isReporting else {
      omitted += 1
      return
    }
    diagnostics.append(Diagnostic(.error, code, message, at: span, help: help, opener: opener))
  }

  mutating func stop(
    _ code: Failure.Code, _ message: String, _ span: SourceSpan, help: String? = nil, opener: SourceSpan? = nil
  ) -> Stop {
    report(code, message, span, help: help, opener: opener)
    return Stop()
  }

  /// Reports the current token as out of place; at the end of the text that means that more is needed.
  ///
  /// - Parameter opener: the bracket that may lack its other one.
  mutating func unexpected(_ what: String, help: String? = nil, opener: SourceSpan? = nil) -> Stop {
    let token = self.token
    switch token.kind {
    case .end:
      if !diagnostics.contains(where: { $0.severity == .error }) { isIncomplete = true }
      return stop(
        .unexpectedEnd, "the text ends where \(what) should follow", token.span, help: help, opener: openers.last)
    case .unterminatedString:
      if !diagnostics.contains(where: { $0.severity == .error }) { isIncomplete = true }
      return stop(
        .unterminatedString, "this string has no closing quote", SourceSpan(token.span.start, token.span.start + 1))
    default:
      return stop(
        .unexpectedToken, "expected \(what), got \(describe(token))", token.span,
        help: advice(insteadOf: what) ?? help, opener: opener)
    }
  }

  /// What to write instead of the token at hand, where something else was expected.
  private func advice(insteadOf what: String) -> String? {
    guard what != "a name" else { return nil }
    if let sign = foreignSign() { return sign.help }
    guard what == "a value", tokens[index].operation?.precedence == .comparison else { return nil }
    return "what is compared stands before it: . \(text(tokens[index])) …"
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .newline: "the end of the line"
    case .end: "the end"
    case .string, .rawString: "a string"
    default: "'\(shown(token.span))'"
    }
  }

  /// The longest name that a message shows whole, in bytes.
  static let longestShown = 60

  /// A piece of the text for a message, cut when it is long.
  func shown(_ span: SourceSpan) -> String {
    let text = source.text(source.head(span, limit: Self.longestShown))
    return text.utf8.count < span.end - span.start ? text + "…" : text
  }

  /// Runs `body` one level deeper; what nests too deeply is an error instead of a crash.
  mutating func nested<Result>(_ body: (inout Parser) throws(Stop) -> Result) throws(Stop) -> Result {
    guard depth < Self.maximumDepth else {
      throw stop(
        .nestingTooDeep, "brackets and blocks nest too deeply here", token.span,
        help: "bind a part with let first")
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Moves behind the bracket at hand, and runs `body` with it open.
  mutating func opened<Result>(_ body: (inout Parser) throws(Stop) -> Result) throws(Stop) -> Result {
    openers.append(token.span)
    defer { openers.removeLast() }
    advance()
    return try nested(body)
  }

  /// Notes that a piece was put on top of those parsed since `height` was set.
  mutating func grow(_ span: SourceSpan) throws(Stop) {
    height += 1
    guard height <= Self.maximumHeight else {
      throw stop(
        .expressionTooLong, "more than \(Self.maximumHeight) operators or stages build on each other", span,
        help: "bind a part with let first")
    }
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
