import Basics
import Interpreter
import LineEditor
import OrderedJSON
import ShellCommands

/// One run of `mittr`: what it is given, and the exit status that comes of it. Everything around it is injected.
struct Shell {
  let arguments: [String]
  let environment: [String: String]
  let output: CheckedSink
  let errors: CheckedSink
  let files: any FileAccess
  let terminal: TerminalState
  let now: @Sendable () -> Double
  let clock: SessionClock
  let newIdempotencyKey: @Sendable () -> String

  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - newIdempotencyKey: makes a key that no other request has.
  init(
    arguments: [String], environment: [String: String], output: any ByteSink, errors: any ByteSink,
    files: any FileAccess, terminal: TerminalState, now: @escaping @Sendable () -> Double = Host.now,
    clock: SessionClock = SessionClock(), newIdempotencyKey: @escaping @Sendable () -> String = { UUID.random() }
  ) {
    self.arguments = arguments
    self.environment = environment
    self.output = CheckedSink(output)
    self.errors = CheckedSink(errors)
    self.files = files
    self.terminal = terminal
    self.now = now
    self.clock = clock
    self.newIdempotencyKey = newIdempotencyKey
  }

  func run() async -> Int32 {
    let status =
      switch ShellOptions.parsed(arguments) {
      case .answer(let text): answer(text)
      case .mistake(let text): mistake(text)
      case .options(let options) where options.test: await runTests(options)
      case .options(let options): await run(options)
      }
    // A message that was lost is a failure where there is no other.
    return status == 0 && errors.failure != nil ? 1 : status
  }

  private func answer(_ text: String) -> Int32 {
    try? output.write(Array(text.utf8))
    guard let failure = output.failure else { return 0 }
    tell(failure)
    return 1
  }

  private func mistake(_ text: String) -> Int32 {
    tell(text)
    return 2
  }

  private func run(_ options: ShellOptions) async -> Int32 {
    let script: SourceText?
    let resolver: ServerResolver
    do throws(Failure) {
      script = try self.script(options)
      resolver = try ServerResolver(
        options: options.server, environment: environment, isInteractive: script == nil,
        newIdempotencyKey: newIdempotencyKey)
    } catch {
      tell(error)
      return 2
    }
    let console = console(options, isScript: script != nil)
    let session = makeSession(options, resolver, console, isScript: script != nil)
    guard bindVariables(options, in: session) else { return 2 }
    let status: Int32
    if let script, options.check {
      let result = Parser.check(script, in: session.parsingContext(.script))
      session.report(result)
      status = result.hasErrors ? 2 : 0
    } else if let script {
      let run = await InterruptWatcher.shared.run(session.stopping) {
        await session.runScript(script, arguments: options.scriptArguments)
      }
      status = run == 130 ? InterruptWatcher.shared.exitStatus : run
    } else {
      status = await Interactive(
        session: session, resolver: resolver, environment: environment, console: console,
        readsConfiguration: !options.noConfig
      ).run()
    }
    await session[ReceiverKey.self]?.stop()
    await session[ClientProviderKey.self]?.close()
    await resolver.stop()
    return checked(status, session)
  }

  /// Whatever a script made of it, results that were not written are a failure.
  private func checked(_ status: Int32, _ session: Session) -> Int32 {
    guard let failure = output.failure else { return status }
    if !session.hasReportedLostOutput { session.report(failure) }
    return status == 0 || status == 3 ? 1 : status
  }

  /// The script to run; nil for an interactive shell.
  private func script(_ options: ShellOptions) throws(Failure) -> SourceText? {
    if let code = options.code { return SourceText(name: "-c", text: code) }
    guard let name = options.words.first else {
      if terminal.isInputTerminal, !options.check { return nil }
      return SourceText(name: "standard input", bytes: try files.readStandardInput())
    }
    if name == "-" { return SourceText(name: "standard input", bytes: try files.readStandardInput()) }
    guard !name.hasPrefix("-") else {
      throw Failure(.usage, "there is no option \(ShellOptions.shown(name)); mittr --help lists them")
    }
    return SourceText(name: name, path: name, bytes: try files.read(name))
  }

  func makeSession(
    _ options: ShellOptions, _ resolver: ServerResolver, _ console: Console?, isScript: Bool
  ) -> Session {
    let isColoured =
      switch options.color {
      case .always: true
      case .never: false
      case .auto: (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"].map { $0 != "dumb" } ?? false
      }
    let forced = options.color == .always
    let outside = StreamHost(
      output: output, errors: errors, files: files, environment: environment, clock: clock, now: now)
    let session = Session(
      registry: .program,
      host: console.map {
        TerminalHost($0, outside, canAsk: terminal.isInputTerminal && terminal.isErrorTerminal)
      } ?? outside,
      options: SessionOptions(
        rendering: RenderingOptions(
          mode: options.output, isTerminal: terminal.isOutputTerminal, width: terminal.columns,
          isColoured: isColoured && (terminal.isOutputTerminal || forced)),
        diagnosticFormatter: DiagnosticFormatter(
          isColoured: isColoured && (terminal.isErrorTerminal || forced),
          columns: terminal.isErrorTerminal ? terminal.columns : nil),
        reportsJSON: options.errors == .json, assumesYes: options.yes, isInteractive: !isScript,
        tellsOutcomes: terminal.isErrorTerminal),
      arguments: options.scriptArguments)
    if let console, canBrowse { provideBrowser(session, console) }
    session.rendering.hide(["MITTR_API_KEY", "MITTR_WEBHOOK_SECRET"].compactMap { environment[$0] })
    session.rendering.learn(environment.filter { SecretNames.isSecret(variable: $0.key) }.values)
    if case .server(_, let key, _) = resolver.target { session.rendering.hide([key.text].compactMap { $0 }) }
    resolver.willUseKey = { [rendering = session.rendering] key in rendering.hide([key]) }
    resolver.willWait = { [weak session] text in session?.host.notify(text) }
    session.isDryRun = options.dryRun
    if let console { InterruptWatcher.shared.tidyUp { [weak console] in console?.leaveScreen() } }
    resolver.willChange = { [changes = session.changes, willChange = session.host.willChange] in
      changes.raise()
      willChange()
    }
    session.provideDeliveries()
    if session.prompter != nil { session[TextEditorKey.self] = ExternalEditor(environment) }
    session.host.notify = NoticeLines(session).notify
    session[ProgramRunnerKey.self] = HostPrograms(environment)
    let screen: (any ByteSink)? =
      terminal.isOutputTerminal ? session.output : terminal.isErrorTerminal ? session.errors : nil
    session[ClipboardKey.self] = SystemClipboard(
      environment, terminal: screen.map { screen in { text in try? screen.write(Array(text.utf8)) } })
    session[ProfilesKey.self] = ServerResolverProfiles(resolver, environment, isRead: !options.noConfig)
    session[ClientProviderKey.self] = ClientProvider(
      place: { resolver.identity }, name: { resolver.place },
      connect: { () async throws(Failure) in try await resolver.connect() })
    return session
  }

  /// Whether there is a terminal whose cursor can be moved, and a person at it.
  private var canBrowse: Bool {
    let kind = environment["TERM"] ?? ""
    return terminal.isInputTerminal && terminal.isOutputTerminal && !kind.isEmpty && kind != "dumb"
  }

  private func provideBrowser(_ session: Session, _ console: Console) {
    guard let host = session.host as? TerminalHost else { return }
    let screen = FullScreen()
    let browser = TerminalBrowser(
      console,
      BrowserLoop.Configuration(
        screen: screen, size: console.configuration.size, now: now, interrupt: console.configuration.cancel),
      stopSource: { [stopping = host.stopping] in stopping.stop() })
    browser.look = { [weak session] in session?.recordText ?? RecordText(RenderingOptions()) }
    host.browser = browser
    InterruptWatcher.shared.tidyUp { [weak console] in
      screen.leaveAtOnce()
      console?.leaveScreen()
    }
  }

  /// What the session writes to where there is a terminal.
  private func console(_ options: ShellOptions, isScript: Bool) -> Console? {
    guard terminal.isOutputTerminal || terminal.isErrorTerminal else { return nil }
    let kind = environment["TERM"] ?? ""
    var configuration = Console.Configuration()
    configuration.isOutputTerminal = terminal.isOutputTerminal
    configuration.isErrorTerminal = terminal.isErrorTerminal
    configuration.showsProgress =
      terminal.isErrorTerminal && options.errors == .text && !kind.isEmpty && kind != "dumb"
    configuration.drawsInPlace = terminal.isOutputTerminal && !kind.isEmpty && kind != "dumb"
    configuration.pager = isScript || !terminal.isOutputTerminal ? nil : PagerCommand(environment)
    configuration.size = { [terminal] in
      TerminalState.currentSize ?? TerminalSize(columns: terminal.columns, rows: 24)
    }
    configuration.cancel = { kill(getpid(), SIGINT) }
    return Console(output: output, errors: errors, configuration)
  }

  func bindVariables(_ options: ShellOptions, in session: Session) -> Bool {
    for variable in options.variables {
      let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let isName =
        parts[0].first.map { $0.isLetter || $0 == "_" } == true
        && parts[0].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      guard parts.count == 2, isName, !ParsingContext.predefinedVariables.contains(parts[0]) else {
        tell("mittr: --var takes NAME=VALUE, got \(ShellOptions.shown(variable))\n")
        return false
      }
      if SecretNames.isSecret(parts[0]) { session.rendering.learn([parts[1]]) }
      session.globals.bind(parts[0], to: .string(parts[1]))
    }
    return true
  }

  /// Tells of a failure before there is a session.
  func tell(_ failure: Failure) {
    tell("mittr: \(SafeText.escaped(failure.message + (failure.help.map { "; \($0)" } ?? "")))\n")
  }

  private func tell(_ text: String) { try? errors.write(Array(text.utf8)) }
}
