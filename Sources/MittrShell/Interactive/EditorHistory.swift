import Interpreter
import LineEditor

/// The line editor's history, for the commands.
final class EditorHistory: LineHistory {
  private let editor: LineReader
  private let environment: [String: String]
  private var edited: String?

  init(_ editor: LineReader, _ environment: [String: String]) {
    self.editor = editor
    self.environment = environment
  }

  var lines: [String] { editor.history }

  func clear() { editor.clearHistory() }

  func edit(_ text: String) throws(Failure) {
    edited = try ExternalEditor(environment).edit(text)
  }

  /// What was edited and is to be run now. It is recalled like a line that was typed.
  func takeEdited() -> String? {
    guard let text = edited else { return nil }
    edited = nil
    editor.remember(text)
    return text
  }
}
