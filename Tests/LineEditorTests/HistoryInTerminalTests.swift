import TestSupport
import Testing

@Suite("The history in a terminal")
struct HistoryInTerminalTests {
  private static let up = "\u{1B}[A"
  private static let down = "\u{1B}[B"

  @Test("Up recalls what an earlier run left, statements of several lines whole")
  func acrossRuns() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/new/folders/history"
    let first = try PseudoTerminal.probe([file])
    try first.enter("events list", answer: #"[line] "events list""#)
    first.type("{ é\r")
    try first.wait(for: "the continuation prompt") { $0.currentLine == "…" }
    try first.enter("日 }", answer: #"[line] "{ é\n日 }""#)
    try first.leave()
    #expect(TemporaryFolder.read(file) == "\"events list\"\n\"{ é\\n日 }\"\n")
    #expect(TemporaryFolder.mode(of: file) == 0o600)
    #expect(TemporaryFolder.mode(of: folder.path + "/new") == 0o700)
    #expect(TemporaryFolder.mode(of: folder.path + "/new/folders") == 0o700)

    let second = try PseudoTerminal.probe([file])
    second.type(Self.up)
    try second.wait(for: "both lines") { $0.lines == ["probe> { é", "日 }"] && $0.beforeCursor == "日 }" }
    second.type(Self.up)
    try second.wait(for: "the line before") { $0.lines == ["probe> events list"] }
    second.type(Self.down)
    try second.wait(for: "both lines again") { $0.lines == ["probe> { é", "日 }"] }
    try second.enter("", answer: #"[line] "{ é\n日 }""#)
    try second.leave()
  }

  @Test("Up recalls entries that begin like the line, and Down brings the line back")
  func prefix() throws {
    let folder = try TemporaryFolder()
    let file = folder.write("\"events list\"\n\"print events\"\n\"events get\"\n\"help\"\n", to: "history")
    let terminal = try PseudoTerminal.probe([file])
    terminal.type("eve" + Self.up)
    try terminal.wait(for: "the newest that fits") { $0.currentLine == "probe> events get" }
    terminal.type(Self.up)
    try terminal.wait(for: "the next that fits") { $0.currentLine == "probe> events list" }
    terminal.type(Self.up + Self.down)
    try terminal.wait(for: "the newest again") { $0.currentLine == "probe> events get" }
    terminal.type(Self.down)
    try terminal.wait(for: "what was typed") { $0.currentLine == "probe> eve" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    terminal.type(Self.up)
    try terminal.wait(for: "the newest of all") { $0.currentLine == "probe> help" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("Ctrl-R searches what earlier runs left, long entries included")
  func search() throws {
    let folder = try TemporaryFolder()
    let long = "send " + String(repeating: "payload ", count: 240) + "end"
    let file = folder.write("\"events list\"\n\"\(long)\"\n\"help\"\n", to: "history")
    let terminal = try PseudoTerminal.probe([file])
    terminal.type("\u{12}nts")
    try terminal.wait(for: "the entry found") { $0.lines.last == "bck:nts" && $0.lines.contains("probe> events list") }
    try terminal.enter("", answer: #"[line] "events list""#)
    terminal.type("\u{12}payload\u{12}\u{12}")
    try terminal.wait(for: "the long entry") { $0.lines.last == "bck:payload" && $0.lines.count > 20 }
    terminal.type("\r")
    try terminal.wait(forLine: "[line] \(long.utf8.count) bytes")
    try terminal.waitForPrompt()
    terminal.type("typed\u{12}nothing like it\u{7}\u{7}")
    try terminal.wait(for: "what was typed") { $0.currentLine == "probe> typed" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("a line too long to be searched in is not, and nobody waits for it")
  func searchInLongLine() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "payload ", count: 8000) + "end"
    let file = folder.write("\"help\"\n\"\(long)\"\n", to: "history")
    let terminal = try PseudoTerminal.probe([file])
    terminal.type("\u{12}pay")
    try terminal.wait(for: "a failed search") { $0.lines.last == "bck?pay" }
    terminal.type("\u{7}\u{7}\u{7}\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    terminal.type(Self.up)
    try terminal.wait(for: "the long entry") { $0.currentLine.hasSuffix("end") }
    terminal.type("\u{12}!\r")
    try terminal.wait(forLine: "[line] \(long.utf8.count + 1) bytes")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("sessions that run at the same time both keep their entries")
  func concurrentSessions() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/history"
    let one = try PseudoTerminal.probe([file])
    let other = try PseudoTerminal.probe([file])
    for number in 1...3 {
      try one.enter("one \(number)", answer: "[line] \"one \(number)\"")
      try other.enter("other \(number)", answer: "[line] \"other \(number)\"")
    }
    try one.leave()
    try other.leave()
    let third = try PseudoTerminal.probe([file], columns: 120)
    try third.enter(
      "history", answer: #"[history] ["one 1", "other 1", "one 2", "other 2", "one 3", "other 3", "history"]"#)
    try third.leave()
  }

  @Test("repeated lines, blank lines and lines the program will not remember leave no entry")
  func notRemembered() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/history"
    let terminal = try PseudoTerminal.probe([file])
    try terminal.enter("a", answer: #"[line] "a""#)
    terminal.type("a\r")
    try terminal.wait(for: "the second answer") { screen in screen.lines.count { $0 == #"[line] "a""# } == 2 }
    try terminal.waitForPrompt()
    try terminal.enter(" unseen", answer: #"[line] " unseen""#)
    try terminal.enter("", answer: #"[line] """#)
    try terminal.enter("b", answer: #"[line] "b""#)
    try terminal.leave()
    #expect(TemporaryFolder.read(file) == "\"a\"\n\"b\"\n")
  }

  @Test("a secret is recalled in its session, and is not in the file")
  func keptForTheSession() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/history"
    let terminal = try PseudoTerminal.probe([file])
    try terminal.enter("open", answer: #"[line] "open""#)
    try terminal.enter("a secret", answer: #"[line] "a secret""#)
    terminal.type(Self.up)
    try terminal.wait(for: "the recalled line") { $0.currentLine == "probe> a secret" }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(TemporaryFolder.read(file) == "\"open\"\n")
  }

  @Test("clearing forgets what is recalled and what is in the file")
  func clearing() throws {
    let folder = try TemporaryFolder()
    let file = folder.write("\"old\"\n", to: "history")
    let terminal = try PseudoTerminal.probe([file])
    try terminal.enter("clear", answer: "probe> clear")
    terminal.type(Self.up + "\u{12}old")
    try terminal.wait(for: "a failed search") { $0.lines.last == "bck?old" }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    try terminal.enter("new", answer: #"[line] "new""#)
    try terminal.leave()
    #expect(TemporaryFolder.read(file) == "\"new\"\n")
  }

  @Test("a history that cannot be saved is told once, and recalled all the same")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let terminal = try PseudoTerminal.probe([folder.write("", to: "file") + "/history"])
    try terminal.enter("one", answer: #"[line] "one""#)
    let warnings = { terminal.screen.allLines.count { $0.hasPrefix("[warning]") } }
    let warned = warnings()
    #expect(warned > 0)
    try terminal.enter("two", answer: #"[line] "two""#)
    #expect(warnings() == warned)
    terminal.type(Self.up + Self.up)
    try terminal.wait(for: "the first entry") { $0.currentLine == "probe> one" }
    try terminal.enter("", answer: #"[line] "one""#)
    try terminal.leave()
  }
}
