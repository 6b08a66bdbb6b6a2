import Interpreter
import Synchronization

/// What the line editor may use of the session; its thread reads it while the session waits.
final class PromptState: Sendable {
  private struct State: Sendable {
    var completion: CompletionContext
    var parsing: ParsingContext
    /// What was parsed last: what decided that a line is complete is what runs.
    var parsed: ParseResult?
  }

  private let nothing: CompletionContext
  private let host: HostCompletion
  private let state: Mutex<State>

  init(_ session: Session, _ host: HostCompletion) {
    nothing = CompletionContext(registry: session.registry)
    self.host = host
    state = Mutex(State(completion: nothing, parsing: session.parsingContext(.interactive)))
  }

  var context: CompletionContext { state.withLock { $0.completion } }

  /// The line as the session reads it, which is done once.
  func parsed(_ line: String) -> ParseResult {
    let (parsed, context) = state.withLock { ($0.parsed, $0.parsing) }
    if let parsed, parsed.program.source.bytes == Array(line.utf8) { return parsed }
    let result = Parser.parse(SourceText(name: "line", text: line), in: context)
    state.withLock { $0.parsed = result }
    return result
  }

  func remember(_ session: Session) {
    let completion = CompletionContext(session, host: host)
    let parsing = session.parsingContext(.interactive)
    state.withLock { $0 = State(completion: completion, parsing: parsing) }
  }

  /// Lets go of the variables: a value that is held elsewhere too would be copied when it is changed.
  func forget() { state.withLock { ($0.completion, $0.parsed) = (nothing, nil) } }
}
