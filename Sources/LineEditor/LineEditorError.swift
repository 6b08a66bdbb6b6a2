/// Why there can be no `LineReader`.
public enum LineEditorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Standard input or standard output is no terminal; read plain lines instead.
  case notATerminal
  /// Another editor of this process is open; libedit and the terminal serve one at a time.
  case alreadyOpen
  /// The system refused what the editor needs: a pipe, a thread, memory, or a UTF-8 locale.
  case unavailable(String)

  public var description: String {
    switch self {
    case .notATerminal: "standard input or standard output is not a terminal"
    case .alreadyOpen: "a line editor is already open in this process"
    case .unavailable(let reason): "the line editor cannot start: \(reason)"
    }
  }
}
