import TestSupport
import Testing

@Suite("What shares the screen with the line being typed")
struct SharedScreenTests {
  @Test("messages appear above the line, which stays as it is", arguments: ["", "half a line", "é日本🚀"])
  func notice(typed: String) throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type(typed + "<\u{1B}[D")
    try terminal.wait(for: "the typed text") { screen in
      screen.currentLine == "probe> \(typed)<" && screen.beforeCursor == "probe> \(typed)"
    }
    terminal.notify("a delivery: é日本 \u{1B}[31mred\u{7}")
    let message = #"a delivery: é日本 \e[31mred\u{7}"#
    try terminal.wait(for: "the message and the line") { screen in
      screen.lines == [message, "probe> \(typed)<"] && screen.beforeCursor == "probe> \(typed)"
    }
    terminal.type(">\r")
    try terminal.wait(forLine: "[line] \"\(typed)><\"")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test(
    "messages appear above a line of several rows, wherever the cursor is", arguments: [0, 1, 12, 13, 14, 33, 34, 50])
  func noticeAboveRows(stepsBack: Int) throws {
    let terminal = try PseudoTerminal.probe(columns: 20, rows: 10)
    let typed = String(repeating: "abcdefghij", count: 4) + "日本日本日本日本日本"
    terminal.type(typed)
    let rows = ["probe> abcdefghijabc", "defghijabcdefghijabc", "defghij日本日本日本", "日本日本"]
    try terminal.wait(for: "four rows") { $0.lines == rows }
    let back = String(repeating: "\u{2}", count: stepsBack)
    terminal.type(back + "\u{1B}b\u{5}" + back)
    let place = Self.place(of: typed.count - stepsBack)
    try terminal.wait(for: "the cursor in its place") { $0.cursor == place }
    terminal.notify("first")
    terminal.notify("second")
    try terminal.wait(for: "the messages and four rows") { $0.lines == ["first", "second"] + rows }
    terminal.type("|")
    let cut = typed.index(typed.endIndex, offsetBy: -stepsBack)
    let line = "probe> " + typed[..<cut] + "|" + typed[cut...]
    try terminal.wait(for: "the letter in its place") { $0.lines.dropFirst(2).joined() == line }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  /// Where the cursor stands before the n-th character of the four rows: 13, 20 and 13 characters fit the first three.
  private static func place(of count: Int) -> (row: Int, column: Int) {
    switch count {
    case ..<13: (0, 7 + count)
    case ..<33: (1, count - 13)
    case ..<40: (2, count - 33)
    case ..<46: (2, 7 + 2 * (count - 40))
    default: (3, 2 * (count - 46))
    }
  }

  @Test("messages that come in a search or among the lines of a statement leave them as they are")
  func noticeElsewhere() throws {
    let terminal = try PseudoTerminal.probe()
    try terminal.enter("events list", answer: #"[line] "events list""#)
    terminal.type("\u{12}nts")
    try terminal.wait(for: "the search") { $0.lines.suffix(2) == ["probe> events list", "bck:nts"] }
    terminal.notify("first")
    try terminal.wait(for: "the message above") { $0.lines.suffix(3) == ["first", "probe> events list", "bck:nts"] }
    terminal.type("\r")
    try terminal.waitForPrompt()
    terminal.type("{ a\u{1B}\rb\r")
    try terminal.wait(for: "the continuation") { $0.lines.suffix(3) == ["probe> { a", "b", "…"] }
    terminal.type("c")
    terminal.notify("second")
    try terminal.wait(for: "the message above") { $0.lines.suffix(4) == ["probe> { a", "b", "second", "… c"] }
    try terminal.enter("}", answer: #"[line] "{ a\nb\nc}""#)
    try terminal.leave()
  }

  @Test("Tab completes the only candidate, and adds its space")
  func uniqueCandidate() throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("é日 ev\tpa\t日\t")
    try terminal.wait(for: "the words") { $0.beforeCursor == "probe> é日 events path/日" }
    terminal.type(" 日\t!")
    try terminal.wait(for: "a wide word") { $0.beforeCursor == "probe> é日 events path/日 日本語 !" }
    terminal.type("\u{15}ev x\u{1B}[D\u{1B}[D\t|")
    try terminal.wait(for: "no second space") { $0.currentLine == "probe> events |x" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("Tab completes as far as all candidates agree, then lists them above the line")
  func ambiguousCandidates() throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("say e\t")
    let table = [
      "events     list and send events", "endpoints  who receives them", #"exit       leave \e[31mnow"#,
    ]
    try terminal.wait(for: "the candidates") { screen in
      screen.lines == table + ["probe> say e"] && screen.beforeCursor == "probe> say e"
    }
    terminal.type("n\t")
    try terminal.wait(for: "the completed word") { $0.currentLine == "probe> say endpoints" }
    terminal.type("zzz\t!")
    try terminal.wait(for: "nothing to complete") { $0.currentLine == "probe> say endpoints zzz!" }
    terminal.type(" si\t")
    try terminal.wait(for: "the shared beginning") { $0.beforeCursor == "probe> say endpoints zzz! sign" }
    terminal.type("\t")
    try terminal.wait(for: "the choice") { $0.lines.suffix(2).first == "sign        signatures" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("a list of candidates never fills more than the window")
  func smallWindow() throws {
    let terminal = try PseudoTerminal.probe(columns: 20, rows: 4)
    terminal.type("e\t")
    try terminal.wait(for: "as many as fit") { $0.lines == ["events", "… 2 more", "probe> e"] }
    #expect(terminal.screen.scrolledLines.isEmpty)
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("a window that changes its size shows the line wrapped anew")
  func resize() throws {
    let terminal = try PseudoTerminal.probe(columns: 40, rows: 10)
    terminal.type("0123456789012345678901234")
    try terminal.wait(for: "one row") { $0.lines == ["probe> 0123456789012345678901234"] }
    terminal.resize(columns: 20, rows: 10)
    try terminal.wait(for: "two rows") { $0.lines.suffix(2) == ["probe> 0123456789012", "345678901234"] }
    terminal.type("日")
    try terminal.wait(for: "the letter at the end") { $0.lines.suffix(2) == ["probe> 0123456789012", "345678901234日"] }
    terminal.resize(columns: 60, rows: 12)
    try terminal.wait(for: "one row again") { $0.lines.last == "probe> 0123456789012345678901234日" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.enter("size", answer: "[size] 60x12")
    try terminal.leave()
  }

  @Test("Ctrl-Z stops the program, and the line is there when the shell continues it")
  func suspending() throws {
    let shell = try PseudoTerminal(["/bin/sh", "-i"], prompt: "probe>", environment: ["PS1": "shell> "])
    try shell.wait(for: "the shell's prompt") { $0.currentLine == "shell>" }
    shell.type("'\(try PseudoTerminal.probePath)'\r")
    try shell.waitForPrompt()
    shell.type("日 half a line\u{1A}")
    try shell.wait(for: "the shell's prompt again") { $0.currentLine == "shell>" }
    #expect(!shell.screen.isPasteBracketed)
    shell.type("echo echoed\r")
    try shell.wait(forLine: "echoed")
    try shell.wait(for: "the shell's prompt once more") { $0.currentLine == "shell>" }
    shell.type("fg\r")
    try shell.wait(for: "the line") { $0.currentLine == "probe> 日 half a line" }
    #expect(shell.screen.isPasteBracketed)
    shell.type("!\u{7F}.\r")
    try shell.wait(forLine: #"[line] "日 half a line.""#)
    try shell.waitForPrompt()
    shell.type("\u{4}")
    try shell.wait(forLine: "[end] restored")
  }
}
