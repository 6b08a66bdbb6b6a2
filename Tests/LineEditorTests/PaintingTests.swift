import TestSupport
import Testing

@Suite("Colours and suggestions while typing", .timeLimit(.minutes(5)))
struct PaintingTests {
  private static func painted(
    _ wish: String = "colours", history: String? = nil, settings: String? = nil, columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    try PseudoTerminal.probe(
      history.map { [$0] } ?? [],
      environment: ["PROBE_PAINT": wish, "EDITRC": settings ?? ""], columns: columns, rows: rows)
  }

  private static func style(_ screen: Screen, _ row: Int, _ column: Int) -> String {
    screen.style(row: row, column: column)
  }

  @Test("each character has its colour, and the cells are as without")
  func colours() throws {
    let terminal = try Self.painted()
    terminal.type("ab z9 (x)")
    try terminal.wait(for: "the colours") { $0.lines == ["probe> ab z9 (x)"] && $0.style(row: 0, column: 13) == "35" }
    #expect(
      (7...15).map { terminal.screen.style(row: 0, column: $0) } == ["1;32", "1;32", "", "", "34", "", "35", "", "35"])
    terminal.type("\u{1}")
    try terminal.wait(for: "the start") { $0.beforeCursor == "probe> " }
    terminal.type("9\u{6}\u{6}\u{6}")
    try terminal.wait(for: "the number") { $0.lines == ["probe> 9ab z9 (x)"] && $0.style(row: 0, column: 7) == "34" }
    try terminal.wait(for: "the colours behind it") {
      $0.style(row: 0, column: 8) == "1;32" && $0.style(row: 0, column: 14) == "35"
    }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
    #expect(!terminal.screen.isCursorHidden)
  }

  @Test("a line over several rows, with wide characters, is coloured where it stands", arguments: [20, 40])
  func wrapped(columns: Int) throws {
    let terminal = try Self.painted(columns: columns, rows: 12)
    let typed = String(repeating: "a9日 ", count: 14)
    terminal.type(typed + "\u{1B}\r" + "b")
    try terminal.wait(for: "the last letter's colour") {
      $0.lines.last == "b" && $0.style(row: $0.cursor.row, column: 0) == "1;32"
    }
    Self.expectColours(terminal.screen)
    terminal.resize(columns: columns + 7, rows: 12)
    try terminal.wait(for: "the colours in the new size") { $0.lines.last == "b" && Self.isColoured($0) }
    terminal.notify("a notice")
    try terminal.wait(for: "the notice") { $0.lines.contains("a notice") && Self.isColoured($0) }
    terminal.type("\u{C}")
    try terminal.wait(for: "a clear screen") { $0.lines.first?.hasPrefix("probe>") == true && Self.isColoured($0) }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
  }

  private static func isColoured(_ screen: Screen) -> Bool {
    guard let first = screen.lines.lastIndex(where: { $0.hasPrefix("probe>") }) else { return false }
    return (first..<screen.lines.count).allSatisfy { row in
      (0..<screen.columns).allSatisfy { column in
        if row == first, column < 7 { return true }
        let wanted =
          switch screen.cell(row: row, column: column) {
          case "a", "b": "1;32"
          case "9": "34"
          default: ""
          }
        return screen.style(row: row, column: column) == wanted
      }
    }
  }

  private static func expectColours(_ screen: Screen, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(isColoured(screen), sourceLocation: sourceLocation)
  }

  @Test("the screen without its colours is what it is without painting, whatever is typed", arguments: 1...8)
  func sameCells(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let columns = [20, 40, 80][Int(seed % 3)]
    let folder = try TemporaryFolder()
    let isVi = seed % 4 == 0
    let settings = folder.write(isVi ? "probe:bind -v\n" : "", to: ".editrc")
    // In vi's keys Escape and Enter end the line. What is typed before the next is read is the terminal's to edit.
    let keys = isVi ? Self.keys.filter { $0 != "\u{1B}\r" } : Self.keys
    let history = folder.write("\"events list\"\n\"a日b9 (c)\\nsecond 9 line\"\n\"ab\"\n", to: "history")
    let plain = try PseudoTerminal.probe([history], environment: ["EDITRC": settings], columns: columns, rows: 16)
    let coloured = try Self.painted("cells", history: history, settings: settings, columns: columns, rows: 16)
    for step in 0..<30 {
      let typed = (0...Int.random(in: 0...3, using: &random)).map { _ in
        keys.randomElement(using: &random) ?? "a"
      }.joined()
      plain.type(typed)
      coloured.type(typed)
      do throws(TestFailure) {
        try coloured.wait(
          for: "the same cells, seed \(seed), step \(step), keys \(typed.debugDescription)", beside: plain
        ) { Self.line($0) == Self.line(plain.screen) }
      } catch {
        // Of several rows libedit sometimes leaves cells out; then what it draws afresh counts.
        plain.type("\u{C}")
        try plain.wait(for: "\(error)") { Self.line($0) == Self.line(coloured.screen) }
        return
      }
    }
    // Both may have been looked at before they had read all of it.
    for terminal in [plain, coloured] {
      terminal.type("\u{C}\u{3}")
      try terminal.wait(forLine: "[interrupted]")
      try terminal.waitForPrompt()
    }
    #expect(coloured.screen.lines == plain.screen.lines, "seed \(seed)")
    #expect(coloured.screen.unknown.isEmpty && !coloured.screen.isCursorHidden)
  }

  private static let keys = [
    "a", "9", "z", "(", ")", " ", "日", "é", "ab9 (cd) ", "\u{1}", "\u{5}", "\u{2}", "\u{6}", "\u{7F}", "\u{B}",
    "\u{17}",
    "\u{10}", "\u{E}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}\r", "\u{14}", "\u{1B}b", "\u{1B}f",
    "\u{1B}[200~a9\n日b\u{1B}[201~", String(repeating: "a9 ", count: 12), "\u{C}",
  ]

  /// The line, and where the cursor is in it.
  private static func line(_ screen: Screen) -> [String] {
    let first = screen.lines.lastIndex { $0.hasPrefix("probe>") } ?? 0
    return screen.lines[first...] + ["\(screen.cursor.row - first) \(screen.cursor.column)"]
  }

  @Test("the newest entry that fits is suggested, and taken whole or by words")
  func suggestion() throws {
    let folder = try TemporaryFolder()
    let history = folder.write("\"events list --all\"\n\"events get 1\"\n\"events get 2 | x\"\n", to: "history")
    let terminal = try Self.painted("hints", history: history)
    terminal.type("events g")
    try terminal.wait(for: "the suggestion") {
      $0.lines.first == "probe> events get 2 | x" && $0.beforeCursor == "probe> events g"
    }
    #expect(terminal.screen.style(row: 0, column: 15) == "2")
    #expect(terminal.screen.lines.last == #"ID  the event\e[2J"#)
    terminal.type("\u{1B}f")
    try terminal.wait(for: "a word of it") {
      $0.beforeCursor == "probe> events get" && $0.lines.first == "probe> events get 2 | x"
    }
    terminal.type("\u{1B}[C")
    try terminal.wait(for: "all of it") { $0.beforeCursor == "probe> events get 2 | x" }
    terminal.type("\r")
    try terminal.wait(forLine: #"[line] "events get 2 | x""#)
    try terminal.waitForPrompt()
    #expect(!terminal.screen.allLines.contains { $0.hasPrefix("ID") })
    terminal.type("ev")
    try terminal.wait(for: "the newest") { $0.currentLine == "probe> events get 2 | x" }
    terminal.type("X")
    try terminal.wait(for: "none") { $0.currentLine == "probe> evX" }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    terminal.type("print ev")
    try terminal.wait(for: "the only completion") {
      $0.currentLine == "probe> print events" && $0.beforeCursor == "probe> print ev"
    }
    terminal.type("\u{5}!")
    try terminal.wait(for: "it") { $0.beforeCursor == "probe> print events!" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test("what holds a secret is never suggested, and what was shown leaves nothing behind")
  func neverSecret() throws {
    let terminal = try Self.painted("hints", columns: 40, rows: 8)
    try terminal.enter("open one", answer: #"[line] "open one""#)
    try terminal.enter("open a secret", answer: #"[line] "open a secret""#)
    terminal.type("open")
    try terminal.wait(for: "the older one") { $0.currentLine == "probe> open one" && $0.beforeCursor == "probe> open" }
    terminal.type(" a")
    try terminal.wait(for: "nothing") { $0.currentLine == "probe> open a" }
    terminal.notify("one")
    try terminal.wait(for: "the notice") { $0.lines.suffix(2) == ["one", "probe> open a"] }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("a suggestion over the margin and at the window's bottom is erased whole", arguments: [3, 8])
  func suggestionOverRows(rows: Int) throws {
    let folder = try TemporaryFolder()
    let history = folder.write("\"0123456789ab0123456789 0123456789 0123456789 0123456789\"\n\"日\"\n", to: "history")
    let terminal = try Self.painted(history: history, columns: 20, rows: rows)
    for digit in "0123456789abc" {
      terminal.type(String(digit))
      try terminal.wait(for: "the digit") { screen in
        digit == "c" ? screen.allLines.last == "probe> 0123456789abc" : screen.allLines.joined().contains("ab0123")
      }
    }
    terminal.type("\u{7F}")
    try terminal.wait(for: "the suggestion again") { $0.lines.joined().contains("ab01234") }
    terminal.type("\u{5}\r")
    try terminal.wait(for: "the whole entry") { $0.allLines.contains(#"[line] "0123456789ab"#) }
  }

  @Test("Tab lists and walks, Shift-Tab goes back, Enter takes and does not run, Escape restores")
  func menu() throws {
    let terminal = try Self.painted()
    terminal.type("say e\t")
    let table = ["events     list and send events", "endpoints  who receives them", #"exit       leave \e[31mnow"#]
    try terminal.wait(for: "the list below") {
      $0.lines == ["probe> say e"] + table && $0.beforeCursor == "probe> say e"
    }
    terminal.type("\t")
    try terminal.wait(for: "the first") { $0.beforeCursor == "probe> say events" && $0.style(row: 1, column: 0) == "7" }
    terminal.type("\t")
    try terminal.wait(for: "the second") {
      $0.beforeCursor == "probe> say endpoints" && $0.style(row: 2, column: 0) == "7"
    }
    terminal.type("\u{1B}[Z")
    try terminal.wait(for: "the first again") {
      $0.beforeCursor == "probe> say events" && $0.style(row: 1, column: 0) == "7"
    }
    terminal.type("\u{1B}")
    try terminal.wait(for: "what was typed") { $0.lines == ["probe> say e"] && $0.beforeCursor == "probe> say e" }
    terminal.type("\t")
    try terminal.wait(for: "the list again") { $0.lines.count == 4 }
    terminal.type("\t\r")
    try terminal.wait(for: "the word taken") {
      $0.lines == ["probe> say events"] && $0.beforeCursor == "probe> say events "
    }
    terminal.type("si\t")
    try terminal.wait(for: "as far as they agree, and the list") {
      $0.lines == ["probe> say events sign", "sign        signatures"]
    }
    terminal.type("!")
    try terminal.wait(for: "no list") { $0.lines == ["probe> say events sign!"] }
    terminal.type("\r")
    try terminal.wait(forLine: #"[line] "say events sign!""#)
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test("a line that the window cannot hold is plain, and coloured again once it fits")
  func tooTall() throws {
    let terminal = try Self.painted(columns: 20, rows: 4)
    terminal.type(String(repeating: "a", count: 30))
    try terminal.wait(for: "its colours") { $0.style(row: 1, column: 16) == "1;32" }
    terminal.type(String(repeating: "a", count: 80))
    try terminal.wait(for: "no colours") { screen in
      screen.beforeCursor.hasSuffix("a") && (0..<4).allSatisfy { screen.style(row: $0, column: 0) != "1;32" }
    }
    terminal.type("\u{15}9")
    try terminal.wait(for: "its colours again") { screen in
      screen.beforeCursor.hasSuffix("> 9") && screen.style(row: screen.cursor.row, column: 7) == "34"
    }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("a long paste is plain, and what a terminal must not be given never reaches it")
  func longPaste() throws {
    let terminal = try Self.painted()
    terminal.type("\u{1B}[200~" + String(repeating: "a9", count: 6000) + "\u{1B}[31m\u{202E}\u{1B}[201~\r")
    try terminal.wait(forLine: "[line] 12004 bytes")
    try terminal.waitForPrompt()
    terminal.type("a\u{301}9")
    try terminal.wait(for: "the digit") { $0.beforeCursor.hasSuffix("9") }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("Up and Down go between the lines that are edited, and from the first and the last to the history")
  func verticalMoves() throws {
    let folder = try TemporaryFolder()
    let terminal = try Self.painted(history: folder.write("\"old\"\n", to: "history"))
    terminal.type("abcd\u{1B}\re\u{1B}\rfghi")
    try terminal.wait(for: "three lines") { $0.lines == ["probe> abcd", "e", "fghi"] }
    terminal.type("\u{1B}[A\u{1B}[A!")
    try terminal.wait(for: "the column kept over a short line") { $0.lines == ["probe> abcd!", "e", "fghi"] }
    terminal.type("\u{1B}[B\u{1B}[B?")
    try terminal.wait(for: "the last line") { $0.lines == ["probe> abcd!", "e", "fghi?"] }
    terminal.type("\u{1}\u{1B}[A")
    try terminal.wait(for: "nothing older begins so") { $0.lines == ["probe> abcd!", "e", "fghi?"] }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    terminal.type("\u{1B}[A")
    try terminal.wait(for: "the entry") { $0.currentLine == "probe> old" }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("Ctrl-R searches in both modes of vi's keys, and Ctrl-E takes a suggestion there")
  func vi() throws {
    let folder = try TemporaryFolder()
    let settings = folder.write("probe:bind -v\n", to: ".editrc")
    let terminal = try Self.painted(
      "hints", history: folder.write("\"events list\"\n", to: "history"), settings: settings)
    terminal.type("\u{1B}\u{12}lis")
    try terminal.wait(for: "the entry") { $0.lines == ["probe> events list", "bck:lis"] }
    terminal.type("\r")
    try terminal.wait(forLine: #"[line] "events list""#)
    try terminal.waitForPrompt()
    terminal.type("eve")
    try terminal.wait(for: "the suggestion") {
      $0.currentLine == "probe> events list" && $0.beforeCursor == "probe> eve"
    }
    terminal.type("\u{5}")
    try terminal.wait(for: "it taken") { $0.beforeCursor == "probe> events list" }
    terminal.type("\r")
    try terminal.waitForPrompt()
    try terminal.leave()
  }
}
