import Interpreter
import LineEditor

/// The line editor's history, for the commands.
final class EditorHistory: LineHistory {
  private let editor: LineReader

  init(_ editor: LineReader) { self.editor = editor }

  var lines: [String] { editor.history }

  func clear() { editor.clearHistory() }
}
