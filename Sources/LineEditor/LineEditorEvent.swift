/// How one `LineReader.readLine(prompt:)` ended.
public enum LineEditorEvent: Sendable, Equatable {
  /// A statement was accepted: its lines, joined by newlines, without one at the end.
  case line(String)
  /// Ctrl-C: what had been typed is gone.
  case interrupted
  /// Ctrl-D on an empty line, a terminal that hung up, or an editor that is closed.
  case endOfInput
}
