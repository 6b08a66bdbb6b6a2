import TestSupport
import Testing

@Suite("The tour in a terminal", .timeLimit(.minutes(2)))
struct TourTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func waitForStep(_ number: Int, _ shell: PseudoTerminal) throws {
    try shell.wait(for: "step \(number)") { screen in
      screen.currentLine == "Enter runs it, q leaves the tour."
        && screen.allLines.last { $0.hasPrefix("Step ") }?.hasPrefix("Step \(number) of 8. ") == true
    }
  }

  @Test("Enter plays one step after another up to the end")
  func whole() throws {
    let shell = try PseudoTerminal.shell(home: home, columns: 100, rows: 50)
    shell.type("tour\r")
    for number in 1...8 {
      try waitForStep(number, shell)
      shell.type("\r")
      guard number == 5 else { continue }
      try shell.wait(for: "the question") { $0.currentLine == "replay 3 events on sandbox? [y/N]" }
      shell.type("y\r")
    }
    try shell.wait(forLine: "That was the tour. help lists all commands; what is typed here goes to the sandbox.")
    try shell.waitForPrompt()
    #expect(shell.screen.allLines.contains("replay: 3 done, 0 failed"))
    #expect(shell.leave() == 0)
  }

  @Test("A line that is typed at a step neither runs nor runs the step")
  func typedLine() throws {
    let shell = try PseudoTerminal.shell(home: home, columns: 100, rows: 50)
    shell.type("tour\r")
    try waitForStep(1, shell)
    shell.type("[1] | count\r")
    let question = "Enter runs it, q leaves the tour."
    try shell.wait(for: "the question again") { screen in
      screen.currentLine == question && screen.allLines.count { $0 == question } == 2
    }
    #expect(shell.screen.allLines.count { $0.hasPrefix("Step ") } == 1)
    shell.type("\r")
    try waitForStep(2, shell)
    shell.type("q")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("q and Ctrl-C leave it, and it goes on where it was", arguments: ["q", "\u{3}", "\u{4}"])
  func left(key: String) throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("tour 2\r")
    try waitForStep(2, shell)
    // Other keys do nothing.
    shell.type("x" + key)
    try shell.wait(forLine: "The tour is left; tour 2 goes on here.")
    try shell.waitForPrompt()
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("On a real server nothing is done, and nothing that delivers is proposed")
  func realServer() throws {
    let shell = try PseudoTerminal.shell(
      home: home, environment: ["MITTR_API_KEY": "mtr_x", "MITTR_BASE_URL": "http://127.0.0.1:1"],
      place: "127.0.0.1:1")
    #expect(!shell.screen.allLines.contains { $0.contains("replay") || $0.contains("tour") })
    shell.type("tour\r")
    try shell.wait(for: "the refusal") {
      $0.allLines.contains {
        $0.hasPrefix("error[not-on-sandbox]: the tour plays on a sandbox, and this session is on")
      } && $0.allLines.contains { $0.contains("mittr --sandbox starts on a local one") }
    }
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }
}
