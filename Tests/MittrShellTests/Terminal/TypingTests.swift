import TestSupport
import Testing

@Suite("The shell while a line is typed", .timeLimit(.minutes(3)))
struct TypingTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let start = 15

  @Test("what exists, what does not, and what is open is seen before Enter")
  func colours() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("evnts list")
    try shell.wait(for: "red") { $0.style(row: $0.cursor.row, column: Self.start) == "31" }
    shell.type("\u{15}events list --sttus")
    try shell.wait(for: "the command, and the flag in red") { screen in
      screen.style(row: screen.cursor.row, column: Self.start) == "1"
        && screen.style(row: screen.cursor.row, column: Self.start + 13) == "31"
    }
    shell.type("\u{15}print (\"a")
    try shell.wait(for: "what is open") { screen in
      screen.style(row: screen.cursor.row, column: Self.start + 6) == "4;31"
        && screen.style(row: screen.cursor.row, column: Self.start + 7) == "4;31"
        && screen.style(row: screen.cursor.row, column: Self.start + 8) == "32"
    }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test("what the command takes next stands below the line, and a suggestion behind it, until the next key")
  func hints() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("print first", answer: "first")
    shell.type("events get ")
    try shell.wait(for: "the parameter") {
      $0.lines.last?.hasPrefix("[ID]  ") == true || $0.lines.last?.hasPrefix("ID  ") == true
    }
    shell.type("\u{15}print f")
    try shell.wait(for: "the entry") { screen in
      screen.lines.contains("mittr sandbox> print first") && screen.beforeCursor == "mittr sandbox> print f"
    }
    shell.type("\u{5}\r")
    try shell.wait(for: "the second answer") { screen in screen.allLines.count { $0 == "first" } == 2 }
    try shell.waitForPrompt()
    try shell.enter("print whsec_c2VjcmV0c2VjcmV0c2VjcmV0 | count", answer: "0")
    shell.type("print w")
    try shell.wait(for: "no secret") {
      $0.beforeCursor == "mittr sandbox> print w" && !$0.currentLine.contains("whsec")
    }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test(
    "nothing is painted where no colour is wanted",
    arguments: [(["--color", "never"], [:]), ([], ["NO_COLOR": "1"]), ([], ["TERM": "dumb"])]
      as [([String], [String: String])])
  func plain(arguments: [String], environment: [String: String]) throws {
    let shell = try PseudoTerminal.shell(arguments, home: home, environment: environment)
    let before = shell.received.count
    try shell.enter("print (1 + 1)", answer: "2")
    #expect(!String(decoding: shell.received[before...], as: UTF8.self).contains("\u{1B}[1m"))
    #expect(shell.leave() == 0)
  }

  @Test("set-output --plain-editing ends the painting, and set-output auto brings it back")
  func plainEditing() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("set-output --plain-editing\r")
    try shell.waitForPrompt()
    shell.type("print 1")
    try shell.wait(for: "the line") { $0.beforeCursor.hasSuffix("print 1") }
    #expect(shell.screen.style(row: shell.screen.cursor.row, column: Self.start).isEmpty)
    shell.type("\u{15}set-output auto\r")
    try shell.waitForPrompt()
    shell.type("print 1")
    try shell.wait(for: "the command") { $0.style(row: $0.cursor.row, column: Self.start) == "1" }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }
}
