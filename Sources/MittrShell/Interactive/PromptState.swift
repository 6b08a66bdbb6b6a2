import Interpreter
import LineEditor
import ShellCommands
import Synchronization

/// What the line editor may use of the session; its thread reads it while the session waits.
final class PromptState: Sendable {
  private struct State: Sendable {
    var completion: CompletionContext
    var parsing: ParsingContext
    var aliases = AliasTable()
    /// What was parsed last: what decided that a line is complete is what runs.
    var parsed: ParseResult?
    /// Whether a line is painted while it is typed.
    var isPainted = false
  }

  private let nothing: CompletionContext
  private let host: HostCompletion
  private let state: Mutex<State>

  /// A longer text has no colours: all of it would be read with each key.
  private static let longestPainted = 20_000

  init(_ session: Session, _ host: HostCompletion) {
    nothing = CompletionContext(registry: session.registry)
    self.host = host
    state = Mutex(State(completion: nothing, parsing: session.parsingContext(.interactive)))
  }

  var context: CompletionContext { state.withLock { $0.completion } }
  var aliases: AliasTable { state.withLock { $0.aliases } }

  /// The line as the session reads it, with an alias at its start replaced. It is done once.
  func parsed(_ line: String) -> ParseResult {
    let (parsed, context, aliases) = state.withLock { ($0.parsed, $0.parsing, $0.aliases) }
    let line = aliases.expanded(line)
    if let parsed, parsed.program.source.bytes == Array(line.utf8) { return parsed }
    let result = Parser.parse(SourceText(name: "line", text: line), in: context)
    state.withLock { $0.parsed = result }
    return result
  }

  /// How the text looks while it is typed; `nil` where it stays plain. No file is read for it, and no host is asked: this
  /// is done with each key.
  func painting(_ text: String, cursor: Int) -> LinePainting? {
    let (isPainted, completion, parsing, aliases) = state.withLock {
      ($0.isPainted, $0.completion, $0.parsing, $0.aliases)
    }
    guard isPainted else { return nil }
    guard !text.isEmpty, text.utf8.count <= Self.longestPainted else { return LinePainting() }
    var context = parsing
    context.readFile = nil
    let line = aliases.expanded(text)
    let parsed = Parser.parse(SourceText(name: "line", text: line), in: context)
    var painting = LinePainting(spans: LinePainter.spans(of: text, with: aliases, parsed, cursor: cursor))
    let isWhole = cursor == text.utf8.count && line == text
    let preview = Completer(completion.withoutHost).preview(text, at: cursor, parsed: isWhole ? parsed : nil)
    painting.hint = preview.hint
    if cursor == text.utf8.count { painting.continuation = preview.continuation }
    return painting
  }

  func remember(_ session: Session) {
    let completion = CompletionContext(session, host: host)
    let parsing = session.parsingContext(.interactive)
    let isPainted = session.options.rendering.isColoured && !session.options.isEditingPlain
    let aliases = session[AliasesKey.self]?.table ?? AliasTable()
    state.withLock {
      $0 = State(completion: completion, parsing: parsing, aliases: aliases, isPainted: isPainted)
    }
  }

  /// Lets go of the variables: a value that is held elsewhere too would be copied when it is changed.
  func forget() { state.withLock { ($0.completion, $0.parsed) = (nothing, nil) } }
}
