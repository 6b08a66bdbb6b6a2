import Basics
import OrderedJSON

/// Everything that outlives a statement: commands, variables, functions, streams, and what the host provides.
///
/// A session belongs to one task at a time.
public final class Session {
  public let registry: CommandRegistry
  public let globals = Scope()
  public let output: any ByteSink
  public let errors: any ByteSink
  public let files: any FileAccess
  /// `$env`.
  public let environment: [String: String]
  /// Seconds since 1970.
  public let now: @Sendable () -> Double
  /// What measures time and waits; commands call `pause(_:)`.
  public var clock = SessionClock()
  public var rendering: RenderingOptions
  /// How warnings and errors are drawn.
  public var diagnosticFormatter = DiagnosticFormatter()
  /// Whether bulk commands only tell what they would do.
  public var isDryRun = false
  /// Whether questions are taken as answered with yes.
  public var assumesYes = false
  /// Asks a person a question that is answered with yes or no; nil when nobody can be asked.
  public var ask: ((String) async -> Bool)?
  /// Asks a person for pieces of text; nil when nobody can be asked.
  public var interview: (any Interview)?
  /// Where long work shows how far it has come; nil where nobody watches.
  public var progress: (any ProgressDisplay)?
  /// How long work learns that it is to come to an end.
  public var stopping = StopSignal()
  /// Tells a person something that happened beside the statement that runs, or while a line is being typed: a delivery
  /// arrived, a wait ended. May be called from any thread; what it is given is escaped by the host.
  public var notify: @Sendable (String) -> Void = { _ in }
  /// Whether anything was changed so far, on a server for instance.
  public let changes = ChangeFlag()
  /// Whether results could not be written. Who has some left then tells them with `tellLost`.
  /// It is known as soon as one was not, also to who is asked for the next result and has it ready.
  public var isOutputLost: Bool { hasLostOutput || renderer?.hasFailed == true }
  var hasLostOutput = false
  /// Whether that was said.
  public private(set) var hasReportedLostOutput = false
  /// What passed by lately, for completion; nil where nobody types.
  public private(set) var recent: RecentItems?
  /// Whether `$_` is kept, and what passes by is noted for completion.
  public var isInteractive = false {
    didSet {
      recent = isInteractive ? recent ?? RecentItems() : nil
      guard isInteractive else { return }
      if globals["_"] == nil { globals.bind("_", to: .null) }
    }
  }

  var functions: [String: Function] = [:]
  /// The variables that anything run so far may change.
  var mutated = MutatedVariables()
  /// What this run has warned about already.
  var warnedFields: Set<FieldPlace> = []
  private var services: [ObjectIdentifier: Any] = [:]
  private var renderer: Renderer?
  /// When the first of the items came that are rendered but may still be held back.
  private var heldSince: Duration?
  /// On a terminal nothing is held back longer than that while items come.
  private static let patience = Duration.milliseconds(100)

  public init(
    registry: CommandRegistry, output: any ByteSink, errors: any ByteSink, files: any FileAccess,
    environment: [String: String] = [:], arguments: [String] = [], rendering: RenderingOptions = RenderingOptions(),
    now: @escaping @Sendable () -> Double
  ) {
    self.registry = registry
    self.output = output
    self.errors = errors
    self.files = files
    self.environment = environment
    self.rendering = rendering
    self.now = now
    globals.bind("args", to: .array(arguments.map { .string($0) }))
    globals.bind(
      "env", to: .object(JSONObject(environment.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })))
  }

  public subscript<Key: SessionKey>(_ key: Key.Type) -> Key.Value? {
    get { services[ObjectIdentifier(key)] as? Key.Value }
    set { services[ObjectIdentifier(key)] = newValue }
  }

  /// What a text may refer to now.
  public func parsingContext(_ mode: ParsingContext.Mode) -> ParsingContext {
    ParsingContext(
      registry: registry, variables: globals.names, functions: Set(functions.keys), mode: mode,
      readFile: { [files] path in files.isRegular(path) ? try? files.read(path) : nil })
  }

  /// Parses and runs a text, printing what its statements yield.
  ///
  /// Syntax and name errors are shown on the error stream and nothing is run.
  /// - Returns: the exit status: 0, 1 when it failed while running, 2 when the text is wrong, 3 after a bulk command with
  ///   failed items, 130 when it was interrupted, or what `exit` said.
  public func run(_ source: SourceText, mode: ParsingContext.Mode = .script) async -> Int32 {
    rendering.learn(SecretValues(in: source.bytes[...]).texts)
    let result = Parser.parse(source, in: parsingContext(mode))
    report(result)
    guard !result.hasErrors else { return 2 }
    return await run(result.program)
  }

  /// What `exit` said, once it was said: an interactive shell ends then.
  public private(set) var exitStatus: Int32?

  /// The names of the functions defined so far.
  public var functionNames: [String] { functions.keys.sorted() }

  /// Runs a program that was parsed without errors.
  public func run(_ program: Program) async -> Int32 {
    mutated.formUnion(program.mutated)
    defer { output.endStatement() }
    do throws(Interruption) {
      try await Evaluator(session: self, source: program.source).run(program.block)
      return 0
    } catch {
      return status(of: error)
    }
  }

  private func status(of interruption: Interruption) -> Int32 {
    switch interruption {
    case .failure(let failure):
      report(failure)
      return failure.exitStatus
    case .cancelled: return 130
    case .outputClosed: return 0
    case .exit(let status):
      exitStatus = status
      return status
    case .returned: return 0
    }
  }

  /// Whether errors, warnings and summaries are printed as JSON, a line each (`--errors json`).
  public var reportsJSON = false

  public func report(_ failure: Failure) {
    if failure.code == "output-error" { hasReportedLostOutput = true }
    guard reportsJSON else { return tell(rendering.masked(diagnosticFormatter.text(failure))) }
    let secrets = failure.source.map { $0.secrets(around: failure.span ?? SourceSpan(0, 0)) }
    var failure = failure
    failure.message = secrets?.masked(message: failure.message) ?? failure.message
    failure.help = failure.help.map { secrets?.masked(message: $0) ?? $0 }
    tellJSON("error", failure.record, failure.span, failure.source)
  }

  public func report(_ diagnostic: Diagnostic, in source: SourceText?) {
    guard reportsJSON else { return tell(rendering.masked(diagnosticFormatter.text(diagnostic, in: source))) }
    let secrets = source?.secrets(around: diagnostic.span)
    func text(_ text: String) -> JSONValue { .string(secrets?.masked(message: text) ?? text) }
    var record: JSONObject = ["code": .string(diagnostic.code), "message": text(diagnostic.message)]
    record["help"] = diagnostic.help.map(text)
    tellJSON(diagnostic.severity.rawValue, record, diagnostic.span, source)
  }

  /// Shows all that parsing found.
  public func report(_ result: ParseResult) {
    for diagnostic in result.diagnostics { report(diagnostic, in: result.program.source) }
    if let omission = result.omission { summarize(omission) }
  }

  /// Makes of a notice the line that it is on the error stream of a script: escaped and masked, and JSON where errors
  /// are. It goes by the session's settings of now.
  public var noticeLine: @Sendable (String) -> String {
    { [rendering, reportsJSON] text in
      let text = rendering.masked(text)
      guard reportsJSON else { return SafeText.escaped(text) + "\n" }
      let record: JSONValue = ["notice": ["message": .string(text)]]
      return SafeText.escapedJSON(JSONWriter.compact.string(record)) + "\n"
    }
  }

  /// Tells what a command came to, such as `replay: 12 done, 2 failed`.
  func summarize(_ text: String) {
    guard reportsJSON else { return tell(SafeText.escaped(rendering.masked(text)) + "\n") }
    tellJSON("summary", ["message": .string(text)], nil, nil)
  }

  /// Writes what a script says to the error stream, where nothing from outside goes raw.
  func note(_ text: String) {
    let text = rendering.masked(text)
    guard reportsJSON else { return tell(SafeText.escapedLines(text) + "\n") }
    tellJSON("print", ["message": .string(text)], nil, nil)
  }

  private func tellJSON(_ kind: String, _ record: JSONObject, _ span: SourceSpan?, _ source: SourceText?) {
    var record = record
    if let source, let span {
      let position = source.position(of: span.start)
      record["source"] = .string(source.name)
      record["line"] = .number(JSONNumber(position.line))
      record["column"] = .number(JSONNumber(position.column))
    }
    tell(rendering.masked(SafeText.escapedJSON(JSONWriter.compact.string([kind: .object(record)]))) + "\n")
  }

  /// Writes to the error stream. A lost error stream is nobody's concern.
  public func tell(_ text: String) {
    try? renderer?.flush()
    try? errors.write(Array(text.utf8))
  }

  /// Writes text to the output, behind whatever was rendered before.
  public func print(_ text: String) throws(Interruption) {
    try renderer?.flush()
    let bytes = Array(text.utf8)
    do throws(Interruption) {
      try output.write(bytes)
    } catch {
      if case .failure = error { tellLost(bytes) }
      throw error
    }
  }

  /// Shows what a statement yielded.
  func render(_ output: Output) async throws(Interruption) {
    if case .nothing = output { return }
    var options = rendering
    if options.effectiveMode == .table {
      options.now = now()
      options.kinds = registry.itemKinds
    }
    let renderer = Renderer(options, to: self.output)
    self.renderer = renderer
    heldSince = nil
    defer { self.renderer = nil }
    let kept = isInteractive ? LastResult() : nil
    do throws(Interruption) {
      switch output {
      case .nothing: break
      case .value(let value, let kind):
        kept?.value = value
        try renderer.show(value, kind: kind)
      case .stream(let stream):
        try renderer.begin(stream.kind)
        while let item = try await stream.next() {
          kept?.append(item)
          try renderer.item(item)
          if options.isTerminal { try flushInTime(renderer) }
        }
        try renderer.end()
      }
    } catch {
      if case .outputClosed = error {} else { try? renderer.abandon() }
      if renderer.hasFailed { tellLost(renderer.lost) }
      if case .stream(let stream) = output { await stream.close() }
      throw error
    }
    if let notice = renderer.notice { report(Diagnostic(.warning, "left-out", notice, at: SourceSpan(0, 0)), in: nil) }
    if let kept { globals.bind("_", to: kept.value) }
  }

  private func flushInTime(_ renderer: Renderer) throws(Interruption) {
    let now = clock.uptime()
    guard let since = heldSince else {
      heldSince = now
      return
    }
    guard now - since >= Self.patience else { return }
    try renderer.flush()
    try output.flush(before: .work)
    heldSince = nil
  }

  /// Puts out what is rendered but still held back. Commands call it before work that takes time, such as a request.
  public func flush() throws(Interruption) { try flush(before: .work) }

  private func flush(before lull: Lull) throws(Interruption) {
    try renderer?.flush()
    try output.flush(before: lull)
    heldSince = nil
  }

  /// Puts out what is rendered but still held back, and waits.
  /// - Throws: `cancelled`, at once, when the task is cancelled meanwhile.
  public func pause(_ duration: Duration) async throws(Interruption) {
    try flush(before: .waiting)
    do { try await clock.sleep(duration) } catch { throw .cancelled }
    if Task.isCancelled { throw .cancelled }
  }
}

/// `$_`: the last printed result, up to a bound.
private final class LastResult {
  private static let limit = 1000
  private var items: [JSONValue] = []
  private var single: JSONValue?

  var value: JSONValue {
    get { single ?? .array(items) }
    set { single = newValue.detached() }
  }

  func append(_ item: JSONValue) {
    if items.count < Self.limit { items.append(item.detached()) }
  }
}

/// A function of the language, with the text that it stands in.
struct Function {
  let declaration: FunctionDeclaration
  let source: SourceText
  let scope: Scope
  let inputUse: InputUse

  init(declaration: FunctionDeclaration, source: SourceText, scope: Scope) {
    self.declaration = declaration
    self.source = source
    self.scope = scope
    inputUse = InputUse(of: declaration.body)
  }
}
