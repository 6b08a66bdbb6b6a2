import TestSupport
import Testing

@Suite("Questions", .timeLimit(.minutes(2)))
struct QuestionTests {
  private let home: TemporaryFolder
  private static let replay = "events list --status failed | first 2 | replay | get id"

  init() throws { home = try TemporaryFolder() }

  private func ask(_ shell: PseudoTerminal, _ line: String, question: String, answer: String) throws {
    shell.type(line + "\r")
    try shell.wait(for: "the question") { $0.currentLine == question }
    shell.type(answer)
  }

  @Test("what was typed before the question came does not answer it")
  func typedAhead() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type(Self.replay + "\ry\r")
    try shell.wait(for: "the question") { $0.currentLine == "replay 2 events on sandbox? [y/N]" }
    shell.type("n\r")
    try shell.wait(forLine: "replay: nothing was changed")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("only y and yes mean yes; the end of the input and a very long answer mean no")
  func answers() throws {
    let shell = try PseudoTerminal.shell(home: home)
    for no in ["yep\r", "y y\r", String(repeating: "y", count: 1000) + "\r", "\u{4}"] {
      try ask(shell, Self.replay, question: "replay 2 events on sandbox? [y/N]", answer: no)
      try shell.wait(forLine: "replay: nothing was changed")
      try shell.waitForPrompt()
      shell.type("\u{C}")
      try shell.wait(for: "a clean screen") { $0.lines == ["mittr sandbox>"] }
    }
    try ask(shell, Self.replay, question: "replay 2 events on sandbox? [y/N]", answer: " YES \r")
    try shell.wait(forLine: "replay: 2 done, 0 failed")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("deleting one thing is asked about by its id, which is shown escaped")
  func deleting() throws {
    let shell = try PseudoTerminal.shell(home: home)
    let id = "00000000-0000-4000-8000-000000000001"
    try ask(
      shell, "endpoints delete \(id)", question: "endpoints delete \(id) on sandbox? [y/N]", answer: "\r")
    try shell.wait(forLine: "endpoints delete: nothing was changed")
    try shell.waitForPrompt()
    try ask(
      shell, #"endpoints delete "a\u001b[2J\u202eb""#, question: #"endpoints delete a\e[2J\u{202e}b on sandbox? [y/N]"#,
      answer: "\u{3}")
    try shell.waitForPrompt()
    #expect(shell.screen.unknown.isEmpty)
    #expect(shell.leave() == 0)
  }
}
