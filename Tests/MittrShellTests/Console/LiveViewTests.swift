import Interpreter
import LineEditor
import TestSupport
import Testing

@testable import MittrShell

@Suite("Results drawn in place")
struct LiveViewTests {
  private func lines(
    _ now: [String], before: [String], columns: Int = 40, rows: Int = 10
  ) -> [String] {
    LiveLines(LiveFrame(plain: now, coloured: now), before: before, columns: columns, rows: rows).lines
  }

  private func marked(_ text: String) -> String { "\u{1B}[7m\(text)\u{1B}[0m" }

  @Test("What has changed is marked, by words, and a row is found again by its id")
  func marks() {
    #expect(lines(["a 1", "b 2"], before: []) == ["a 1", "b 2"])
    #expect(
      lines(["new 1", "a 1", "b 25"], before: ["a 1", "b 20"]) == [marked("new 1"), "a 1", "b " + marked("25")])
    #expect(lines(["6"], before: ["5"]) == [marked("6")])
    #expect(lines(["a"], before: ["a", "b"]) == ["a"])
  }

  @Test("Nothing is wider or higher than the window")
  func fits() {
    #expect(lines(["0123456789"], before: [], columns: 8) == ["012345…"])
    #expect(lines(["1", "2", "3", "4"], before: [], rows: 3) == ["1", "2", "… 2 more lines"])
  }

  @Test("A frame takes the place of the one before, unless something was written behind it")
  func inPlace() throws {
    let terminal = ScreenSink(columns: 40)
    var configuration = Console.Configuration()
    configuration.isOutputTerminal = true
    configuration.isErrorTerminal = true
    configuration.size = { TerminalSize(columns: 40, rows: 24) }
    let console = Console(output: terminal, errors: terminal, configuration)
    let view = ConsoleLiveView(console)
    func show(_ lines: [String]) throws { try view.show(LiveFrame(plain: lines, coloured: lines)) }
    try show(["one", "two", "three"])
    try show(["one", "four"])
    #expect(terminal.screen.lines == ["one", "four"])
    try console.writeMessage(Array("a warning\n".utf8))
    try show(["five"])
    #expect(terminal.screen.lines == ["one", "four", "a warning", "five"])
    #expect(terminal.screen.unknown.isEmpty)
  }
}
