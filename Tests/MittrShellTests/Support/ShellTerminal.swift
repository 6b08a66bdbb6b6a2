import TestSupport

extension PseudoTerminal {
  /// `mittr` in a terminal, in that home and without any `MITTR_` variable but those given, with its prompt on the
  /// screen.
  /// - Parameter place: what the prompt names.
  static func shell(
    _ arguments: [String] = [], home: TemporaryFolder, environment: [String: String] = [:], place: String = "sandbox",
    columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let variables = ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state"]
    let terminal = try PseudoTerminal(
      [BuiltProgram.path("mittr")] + arguments, prompt: "mittr \(place)>",
      environment: variables.merging(environment) { $1 }, columns: columns, rows: rows)
    try terminal.waitForPrompt()
    return terminal
  }

  /// Types a line and waits for a line of its answer, and for the next prompt.
  func enter(_ text: String, answer: String, file: String = #fileID, line: Int = #line) throws {
    type(text)
    // Otherwise an equal answer further up and the prompt that is still there would do.
    try wait(for: "what was typed", file: file, line: line) { $0.beforeCursor.hasSuffix(text.suffix(4)) }
    type("\r")
    try wait(forLine: answer, file: file, line: line)
    try waitForPrompt(file: file, line: line)
  }

  /// Ends the shell with Ctrl-D.
  /// - Returns: its exit status; nil when a signal ended it.
  func leave() -> Int32? {
    type("\u{4}")
    return exitStatus()
  }

  /// Waits until the shell has ended.
  func exitStatus() -> Int32? {
    let status = waitForExit()
    return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
  }
}
