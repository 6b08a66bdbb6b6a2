import Interpreter
import LineEditor
import Synchronization

/// The shell that a person types into.
struct Interactive {
  let session: Session
  let connector: Connector
  let environment: [String: String]
  let terminal: TerminalState

  func run() async -> Int32 {
    let known = KnownNames()
    let editor: LineReader
    do throws(LineEditorError) {
      editor = try LineReader(configuration(known))
    } catch {
      session.tell("mittr: \(error.description)\n")
      return 1
    }
    defer { editor.close() }
    InterruptWatcher.shared.leaveEndingToEditor()
    session.notify = { [rendering = session.rendering] text in
      editor.notify(TerminalText.escaped(rendering.masked(text)))
    }
    session.tell(Welcome.text(connector))
    let history = EditorHistory(editor, environment)
    session[LineHistoryKey.self] = history
    while true {
      let prompt = Prompt("mittr \(connector.place)>", colour: isHosted ? 33 : 32)
      if let warning = editor.takeWarning() { session.tell("mittr: \(warning)\n") }
      known.update(session)
      switch await editor.readLine(prompt: prompt) {
      case .endOfInput: return 0
      case .interrupted: continue
      case .line(let line):
        var status = await run(line)
        while status == 0, let edited = history.takeEdited() {
          session.tell(TerminalText.escapedLines(edited) + "\n")
          status = await run(edited)
        }
        if status == 130, Task.isCancelled { return 130 }
        // The next prompt is not to stand behind the terminal's ^C.
        if status == 130 { session.tell("\n") }
        if let status = session.exitStatus { return status }
      }
    }
  }

  private func run(_ line: String) async -> Int32 {
    session.rendering.width = TerminalState.currentColumns
    return await InterruptWatcher.shared.run {
      await session.run(SourceText(name: "line", text: line), mode: .interactive)
    }
  }

  private var isHosted: Bool { if case .server = connector.target { true } else { false } }

  private func configuration(_ known: KnownNames) -> LineEditorConfiguration {
    let registry = session.registry
    return LineEditorConfiguration(
      programName: "mittr", historyFile: HistoryPath.path(environment),
      isComplete: { text in
        let (variables, functions) = known.names
        let context = ParsingContext(
          registry: registry, variables: Set(variables), functions: Set(functions), mode: .interactive)
        return !Parser.parse(SourceText(name: "line", text: text), in: context).isIncomplete
      },
      complete: { text, cursor in
        let (variables, functions) = known.names
        let completion = Completer(registry: registry, variables: variables, functions: functions)
          .complete(text, at: cursor)
        return CompletionList(
          replacing: completion.replacing,
          candidates: completion.candidates.map {
            CompletionCandidate(text: $0.text, summary: $0.summary, appendsSpace: $0.isWhole)
          })
      },
      retention: { line in HistoryPolicy.retention(of: line) })
  }
}

/// What completion may offer of the session's own names; the editor's thread reads it while the session waits.
private final class KnownNames: Sendable {
  private let state = Mutex<(variables: [String], functions: [String])>(([], []))

  var names: (variables: [String], functions: [String]) { state.withLock { $0 } }

  func update(_ session: Session) {
    let names = (session.globals.names.sorted(), session.functionNames)
    state.withLock { $0 = names }
  }
}
