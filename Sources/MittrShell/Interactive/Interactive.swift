import Basics
import Interpreter
import LineEditor
import ShellCommands
import Synchronization

/// The shell that a person types into.
struct Interactive {
  let session: Session
  let resolver: ServerResolver
  let environment: [String: String]
  let console: Console?
  /// Whether the configuration file is read.
  let readsConfiguration: Bool
  /// What of the configuration runs at the start may take so long.
  static let startLimit = Duration.seconds(10)

  func run() async -> Int32 {
    let aliases = Aliases()
    session[AliasesKey.self] = aliases
    session[HelpSourceKey.self] = aliases
    let transcript = Transcript(session.rendering)
    session[TranscriptKey.self] = transcript
    console?.transcript.withLock { $0 = transcript }
    defer { try? transcript.end() }
    let state = PromptState(
      session, HostCompletion(configuration: readsConfiguration ? ConfigurationFile(environment) : nil))
    let editor: LineReader
    do throws(LineEditorError) {
      editor = try LineReader(configuration(state))
    } catch {
      session.tell("mittr: \(SafeText.escaped(error.description))\n")
      return 1
    }
    defer { editor.close() }
    InterruptWatcher.shared.leaveEndingToEditor()
    if readsConfiguration, let profiles = try? ConfigurationFile(environment)?.profiles() {
      session.rendering.learn(profiles.compactMap { $0.apiKey?.text })
    }
    session.host.notify = { [rendering = session.rendering, console] text in
      let text = SafeText.escaped(rendering.masked(text))
      transcript.note(Array((text + "\n").utf8))
      // While a statement runs the terminal is the console's, and the editor's otherwise.
      guard let console else { return editor.notify(text) }
      console.notify(text) { editor.notify($0) }
    }
    session.tell(Welcome.text(resolver))
    await runStartFiles()
    if let status = session.exitStatus { return status }
    let history = EditorHistory(editor, environment)
    session[LineHistoryKey.self] = history
    let tour = TourPlayer(session, resolver, run: run)
    session[TourGuideKey.self] = tour
    while true {
      let prompt = Prompt("mittr \(resolver.place)>", colour: colour)
      if let warning = editor.takeWarning() { session.tell("mittr: \(SafeText.escaped("\(warning)"))\n") }
      state.remember(session)
      switch await editor.readLine(prompt: prompt) {
      case .endOfInput: return 0
      case .interrupted: continue
      case .line(let line):
        transcript.note(typed: line, behind: prompt.text)
        let parsed = state.parsed(line)
        state.forget()
        var status = await run(parsed)
        while status == 0, let edited = history.takeEdited() {
          session.tell(SafeText.escapedLines(edited) + "\n")
          let source = SourceText(name: "line", text: edited)
          status = await run(Parser.parse(source, in: session.parsingContext(.interactive)))
        }
        await tour.playIfRequested()
        if let failure = transcript.flush() { session.report(failure) }
        if status == 130, Task.isCancelled { return 130 }
        // The next prompt is not to stand behind the terminal's ^C.
        if status == 130 { session.tell("\n") }
        if let status = session.exitStatus { return status }
      }
    }
  }

  /// Runs what is kept and `init.mittr`. Whatever becomes of them, the shell starts. What is wrong is told, with the line.
  private func runStartFiles() async {
    guard readsConfiguration, let folder = ConfigurationFolder(environment) else { return }
    let kept = KeptFunctions(folder, session.registry)
    session[FunctionKeeperKey.self] = kept
    await runStartFile { () throws(Failure) in try kept.source() }
    await runStartFile { () throws(Failure) in try InitFile.source(in: folder) }
  }

  private func runStartFile(_ read: () throws(Failure) -> SourceText?) async {
    let source: SourceText?
    do throws(Failure) { source = try read() } catch { return session.report(error) }
    guard let source else { return }
    let (status, isLate) = await TimeLimit.run(Self.startLimit) {
      await InterruptWatcher.shared.run(session.stopping) { await session.run(source) }
    }
    guard status == 130 else { return }
    let cause = isLate ? "took longer than \(Self.startLimit.components.seconds) seconds" : "was interrupted"
    session.tell("\n\(SafeText.escaped(source.name)) \(cause); the shell goes on without its rest\n")
  }

  private func run(_ parsed: ParseResult) async -> Int32 {
    let columns = TerminalState.currentColumns
    session.options.rendering.width = columns
    if session.options.diagnosticFormatter.columns != nil { session.options.diagnosticFormatter.columns = columns }
    return await InterruptWatcher.shared.run(session.stopping) {
      await session.run(parsed)
    }
  }

  /// Red where real events are, yellow on any other server, green on the sandbox.
  private var colour: UInt8 {
    switch resolver.target {
    case .sandbox: 32
    case .server, .noKey: resolver.isHosted ? 31 : 33
    }
  }

  private func configuration(_ state: PromptState) -> LineEditorConfiguration {
    LineEditorConfiguration(
      programName: "mittr", historyFile: HistoryPath.path(environment),
      isComplete: { text in !state.parsed(text).isIncomplete },
      complete: { text, cursor in
        AliasCompletion.list(text, at: cursor, state.aliases, by: Completer(state.context))
      },
      paint: { text, cursor in state.painting(text, cursor: cursor) },
      retention: { [rendering = session.rendering] line in HistoryPolicy.retention(of: line, rendering) },
      editElsewhere: { [environment] line in
        do throws(Failure) {
          return try ExternalEditor(environment).edit(line).map { .changed($0) } ?? .unchanged
        } catch {
          return .failed(reason: "mittr: \(error.message)")
        }
      })
  }
}
