import Basics
import OrderedJSON

/// Everything that outlives a statement: commands, variables, functions, streams, and what the host provides.
///
/// A session belongs to one task at a time.
public final class Session {
  public let registry: CommandRegistry
  public let globals = Scope()
  public let host: any SessionHost
  public var options: SessionOptions
  private let passing: RecentItems
  /// Whether anything was changed so far, on a server for instance.
  public let changes = ChangeFlag()
  /// Whether results could not be written. Commands with results left then report them with `tellLost`.
  /// It is known as soon as one was not, also to who is asked for the next result and has it ready.
  public var isOutputLost: Bool { hasLostOutput || renderer?.hasFailed == true }
  var hasLostOutput = false
  /// Whether that was said.
  public private(set) var hasReportedLostOutput = false

  /// What the statement under way fails with at its end, since items of it failed.
  var owedFailure: Failure?
  var functions: [String: Function] = [:]
  /// The variables that anything run so far may change.
  var mutated = MutatedVariables()
  /// What this run has warned about already.
  var warnedFields: Set<FieldPlace> = []
  /// How many loops were begun: each has a number of its own.
  var loops = 0
  var services: [ObjectIdentifier: Any] = [:]
  private var renderer: Renderer?
  /// When the first of the items came that are rendered but may still be held back.
  private var heldSince: Duration?
  /// On a terminal nothing is held back longer than that while items come.
  private static let patience = Duration.milliseconds(100)

  /// - Parameter arguments: `$args`.
  public init(
    registry: CommandRegistry, host: any SessionHost, options: SessionOptions = SessionOptions(),
    arguments: [String] = []
  ) {
    self.registry = registry
    self.host = host
    self.options = options
    passing = RecentItems(mask: SecretMask(prefixes: registry.vocabulary.secretPrefixes))
    self.options.rendering.secretPrefixes = registry.vocabulary.secretPrefixes
    globals.bind("args", to: .array(arguments.map { .string($0) }))
    globals.bind(
      "env", to: .object(JSONObject(host.environment.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })))
    if options.isInteractive { globals.bind("_", to: .null) }
  }

  public var output: any ByteSink { host.output }
  public var errors: any ByteSink { host.errors }
  public var files: any FileAccess { host.files }
  public var environment: [String: String] { host.environment }
  public var now: @Sendable () -> Double { host.now }
  public var zone: LocalZone { host.zone }
  public var clock: SessionClock { host.clock }
  public var prompter: (any Prompter)? { host.prompter }
  public var progress: (any ProgressDisplay)? { host.progress }
  public var stopping: StopSignal { host.stopping }
  public var notify: @Sendable (String) -> Void { host.notify }
  public var rendering: RenderingOptions { options.rendering }
  public var assumesYes: Bool { options.assumesYes }
  public var isInteractive: Bool { options.isInteractive }
  /// What passed by lately, for completion; nil where nobody types.
  public var recent: RecentItems? { isInteractive ? passing : nil }

  public subscript<Key: SessionKey>(_ key: Key.Type) -> Key.Value? {
    get { services[ObjectIdentifier(key)] as? Key.Value }
    set { services[ObjectIdentifier(key)] = newValue }
  }

  /// What a text may refer to now.
  public func parsingContext(_ mode: ParsingContext.Mode) -> ParsingContext {
    // Parsing on another thread happens only while the session waits.
    nonisolated(unsafe) let files = files
    var context = ParsingContext(
      registry: registry, variables: globals.names, functions: Set(functions.keys), mode: mode,
      readFile: { path in files.isRegular(path) ? try? files.read(path) : nil })
    context.declarations = functions.mapValues { $0.declaration }
    return context
  }

  /// Parses and runs a text, printing what its statements yield.
  ///
  /// Syntax and name errors are shown on the error stream and nothing is run.
  /// - Returns: the exit status: 0, 1 when it failed while running, 2 when the text is wrong, 3 after a bulk command with
  ///   failed items, 130 when it was interrupted, or what `exit` said.
  public func run(_ source: SourceText, mode: ParsingContext.Mode = .script) async -> Int32 {
    await run(Parser.parse(source, in: parsingContext(mode)))
  }

  /// Runs what was parsed already, and shows what is wrong with it.
  /// - Returns: the exit status; 2 when the text is wrong.
  public func run(_ result: ParseResult) async -> Int32 {
    rendering.learn(SecretValues(in: result.program.source.bytes[...]).texts)
    report(result)
    guard !result.hasErrors else { return 2 }
    return await run(result.program)
  }

  /// What `exit` said, once it was said: an interactive shell ends then.
  public private(set) var exitStatus: Int32?

  /// Runs a program that was parsed without errors.
  public func run(_ program: Program) async -> Int32 {
    mutated.formUnion(program.mutated)
    defer {
      output.endStatement()
      rendering.endRevealing()
    }
    do throws(Interruption) {
      try await evaluate(program)
      return 0
    } catch {
      return status(of: error)
    }
  }

  /// What calls anything runs in the pool that all tasks share, in a task that prefers no executor: one that prefers its
  /// host's looks it up under a lock with each step, which took a tenth of a filter's time, and has to be woken for each answer.
  private func evaluate(_ program: Program) async throws(Interruption) {
    let evaluator = Evaluator(session: self, source: program.source)
    guard program.callsSomething else { return try await evaluator.run(program.block) }
    try await inPool { () async throws(Interruption) in try await evaluator.run(program.block) }
  }

  private func inPool(_ body: () async throws(Interruption) -> Void) async throws(Interruption) {
    let result = await withoutActuallyEscaping(body) { body in
      // The task is awaited right here, so nobody else touches what the body captures while it runs.
      nonisolated(unsafe) let body = body
      let task = Task { () async -> Result<Void, Interruption> in
        do throws(Interruption) {
          return .success(try await body())
        } catch {
          return .failure(error)
        }
      }
      return await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
    try result.get()
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
    case .returned, .leftRound: return 0
    }
  }

  /// A secret may stand in a message and in the line of source below it; a message is broken where a secret has a space.
  private func tell(_ text: (DiagnosticFormatter, (String) -> String) -> String) {
    tell(rendering.masked(text(options.diagnosticFormatter) { rendering.masked($0) }))
  }

  public func report(_ failure: Failure) {
    if failure.code == .outputError { hasReportedLostOutput = true }
    guard options.reportsJSON else { return tell { $0.text(failure, mask: $1) } }
    let secrets = failure.source.map { $0.secrets(around: failure.span ?? SourceSpan(0, 0)) }
    var failure = failure
    failure.message = secrets?.masked(message: failure.message) ?? failure.message
    failure.help = failure.help.map { secrets?.masked(message: $0) ?? $0 }
    tellJSON("error", failure.shortRecord, failure.span, failure.source)
  }

  public func report(_ diagnostic: Diagnostic, in source: SourceText?) {
    guard options.reportsJSON else { return tell { $0.text(diagnostic, in: source, mask: $1) } }
    let secrets = source?.secrets(around: diagnostic.span)
    func text(_ text: String) -> JSONValue { .string(secrets?.masked(message: text) ?? text) }
    var record: JSONObject = ["code": .string(diagnostic.code.rawValue), "message": text(diagnostic.message)]
    record["help"] = diagnostic.help.map(text)
    if let opener = diagnostic.opener, let position = source?.position(of: opener.start) {
      record["opener"] = [
        "line": .number(JSONNumber(position.line)), "column": .number(JSONNumber(position.column)),
      ]
    }
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
    { [rendering, reportsJSON = options.reportsJSON] text in
      let text = rendering.masked(text)
      guard reportsJSON else { return SafeText.escaped(text) + "\n" }
      let record: JSONValue = ["notice": ["message": .string(text)]]
      return SafeText.escapedJSON(JSONWriter.compact.string(record)) + "\n"
    }
  }

  /// Tells what a command came to, such as `replay: 12 done, 2 failed`.
  func summarize(_ text: String) {
    guard options.reportsJSON else { return tell(SafeText.escaped(rendering.masked(text)) + "\n") }
    tellJSON("summary", ["message": .string(text)], nil, nil)
  }

  /// Writes what a script says to the error stream, where nothing from outside goes raw.
  func note(_ text: String) {
    let text = rendering.masked(text)
    guard options.reportsJSON else { return tell(SafeText.escapedLines(text) + "\n") }
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
  public func print(_ text: String) throws(Interruption) { try print(Array(text.utf8)) }

  func print(_ bytes: [UInt8]) throws(Interruption) {
    try renderer?.flush()
    do throws(Interruption) {
      try output.write(bytes)
    } catch {
      if case .failure = error { tellLost(bytes) }
      throw error
    }
  }

  /// How records read on a terminal, at this time.
  package var recordText: RecordText {
    var options = rendering
    options.now = now()
    options.kinds = registry.itemKinds
    return RecordText(options)
  }

  /// Shows what a statement yielded.
  func render(_ output: Output) async throws(Interruption) {
    if case .nothing = output { return }
    let options = rendering.isForPeople ? recordText.options : rendering
    let renderer = Renderer(options, to: self.output)
    self.renderer = renderer
    heldSince = nil
    defer {
      self.renderer = nil
      options.endRevealing()
    }
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
    if let hidden = renderer.hidden { summarize(hidden) }
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

  private func flush(before reason: FlushReason) throws(Interruption) {
    try renderer?.flush()
    try output.flush(before: reason)
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
