import TestSupport
import Testing

/// Terminals that nobody has on purpose: small, of no size, of another size than they say.
@Suite("Odd terminals", .timeLimit(.minutes(3)))
struct OddTerminalTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// What a person does, whatever it looks like. The last line is printed whole, so it shows that all keys arrived.
  private func work(on shell: PseudoTerminal, _ mark: String) throws {
    shell.type("events list | first 2\r")
    shell.type("events li")
    shell.type("\t")
    shell.type("\u{15}events list | group-by .st\t\t\u{15}")
    shell.type("[{a: 1, text: \"" + String(repeating: "long 日本 ", count: 20) + "\"}]\r")
    shell.type("help events list\r")
    shell.type("\u{1B}[A\u{1B}[A\u{1B}[B\u{15}")
    shell.type("for x in [1, 2] {\r$x\r}\r")
    // What is printed is in pieces, so that the typed line does not show it.
    shell.type("\"\(mark.prefix(2))\" + \"\(mark.dropFirst(2))\"\r")
    try shell.wait(for: mark) { screen in screen.allLines.contains { $0.hasSuffix(mark) } }
  }

  @Test("twenty columns and less", arguments: [(20, 24), (20, 5), (12, 3), (5, 10), (2, 2), (1, 1)])
  func small(columns: Int, rows: Int) throws {
    let shell = try PseudoTerminal(
      [BuiltProgram.path("mittr")], environment: ["HOME": home.path, "PAGER": "cat"], columns: columns, rows: rows)
    let mark = columns > 4 ? "okay" : "k"
    shell.type("\r")
    if columns > 4 {
      try work(on: shell, mark)
    } else {
      shell.type("events list | first 2\r[1, 2]\re\t\t\u{15}")
    }
    shell.type("exit 7\r")
    #expect(shell.exitStatus() == 7)
    #expect(shell.screen.unknown.isEmpty, "\(shell.screen.unknown.prefix(3))")
  }

  @Test("a terminal that has no size is worked on as one of 80 by 24")
  func unknownSize() throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["PAGER": "cat"])
    shell.claim(columns: 0, rows: 0)
    try work(on: shell, "done so")
    try shell.enter("[{id: 1}]", answer: "1")
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test(
    "a terminal that lies about its size is readable again once it says the truth", arguments: [(200, 50), (33, 7)])
  func lie(columns: Int, rows: Int) throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["PAGER": "cat"])
    shell.claim(columns: columns, rows: rows)
    try work(on: shell, "done so")
    shell.claim(columns: 80, rows: 24)
    shell.type("\u{C}")
    try shell.enter("print back", answer: "back")
    shell.type("print \"" + String(repeating: "x", count: 100))
    try shell.wait(for: "a line over two rows") { $0.currentLine == String(repeating: "x", count: 100 - 58) }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test("all is there without colours and tables: a screen reader's way")
  func spoken() throws {
    let shell = try PseudoTerminal.shell(["--color", "never"], home: home)
    shell.type("set-output lines\r")
    try shell.enter(
      #"[{id: "evt_1", lastError: "HTTP 500"}] | skip 0"#, answer: #"{"id":"evt_1","lastError":"HTTP 500"}"#)
    #expect(shell.leave() == 0)
  }
}
