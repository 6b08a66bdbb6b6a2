import TestSupport
import Testing

/// The program that has a line editor, in a pseudo-terminal.
extension PseudoTerminal {
  static var probePath: String {
    get throws { try BuiltProgram.path("LineEditorProbe") }
  }

  /// Starts it, with its prompt on the screen.
  static func probe(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [probePath] + arguments, prompt: "probe>", environment: environment, columns: columns, rows: rows,
      notices: Pipe())
    try terminal.waitForPrompt()
    return terminal
  }

  /// Has the probe print a message.
  func notify(_ message: String) { notices?.write(Array((message + "\n").utf8)) }

  /// Types a line, waits for what the probe says of it, and for the next prompt.
  func enter(_ text: String, answer: String, file: String = #fileID, line: Int = #line) throws {
    type(text + "\r")
    try wait(forLine: answer, file: file, line: line)
    try waitForPrompt(file: file, line: line)
  }

  /// Ends the probe with Ctrl-D.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws {
    type("\u{4}")
    try wait(forLine: "[end] restored", file: sourceLocation.fileID, line: sourceLocation.line)
    #expect(waitForExit() == 0, sourceLocation: sourceLocation)
  }
}
