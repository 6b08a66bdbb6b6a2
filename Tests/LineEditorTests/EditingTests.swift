import TestSupport
import Testing

@Suite("Editing a line in a terminal")
struct EditingTests {
  @Test("Enter accepts what was typed")
  func typing() throws {
    let terminal = try PseudoTerminal.probe()
    try terminal.enter("events list", answer: #"[line] "events list""#)
    try terminal.enter("", answer: #"[line] """#)
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test(
    "characters of every width are typed, deleted and moved over one by one",
    arguments: [
      ("é日本🚀x\u{7F}\u{7F}", "é日本"),
      ("é日本🚀\u{1B}[D\u{1B}[D|", "é日|本🚀"),
      ("日本\u{1B}[D\u{7F}é", "é本"),
      ("🚀é\u{1}日\u{5}本", "日🚀é本"),
      ("日本語 abc\u{17}é", "日本語 é"),
      ("\u{1B}OD\u{1B}[Cab\u{1B}[D\u{1B}[3~", "a"),
    ])
  func wideCharacters(keys: String, line: String) throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type(keys)
    try terminal.wait(for: "the edited line") { $0.currentLine == "probe> \(line)" }
    try terminal.enter("", answer: "[line] \(line.debugDescription)")
    try terminal.leave()
  }

  @Test("a line longer than the window wraps, and wide characters do not break at its edge")
  func wrapping() throws {
    let terminal = try PseudoTerminal.probe(columns: 20, rows: 6)
    terminal.type("0123456789ab日本語")
    try terminal.wait(for: "two rows") { $0.lines.suffix(2) == ["probe> 0123456789ab", "日本語"] }
    terminal.type(String(repeating: "\u{7F}", count: 4))
    try terminal.wait(for: "one row") { $0.lines == ["probe> 0123456789a"] && $0.cursor.row == 0 }
    try terminal.enter("", answer: #"[line] "0123456789a""#)
  }

  @Test(
    "Ctrl-C gives the line up and asks for another", arguments: ["", "half a li", String(repeating: "日本 ", count: 40)])
  func interrupt(typed: String) throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type(typed + "\u{1}\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    #expect(terminal.screen.lines.joined().contains(typed + "^C"))
    try terminal.enter("next", answer: #"[line] "next""#)
    try terminal.leave()
  }

  @Test("Ctrl-D ends the input on an empty line only")
  func endOfInput() throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("abc\u{4}\u{1}\u{4}")
    try terminal.wait(for: "the first character deleted") { $0.currentLine == "probe> bc" }
    try terminal.enter("", answer: #"[line] "bc""#)
    try terminal.leave()
  }

  @Test("signals are keys while a line is typed, and signals again while a command runs")
  func modes() throws {
    let terminal = try PseudoTerminal.probe()
    try terminal.enter("modes", answer: "[modes] isig true echo true")
    try terminal.leave()
  }

  @Test("an unfinished statement goes on in the next line, as one text")
  func continuation() throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("for e { print\r")
    try terminal.wait(for: "the continuation prompt") { $0.currentLine == "…" && $0.cursor.column == 2 }
    terminal.type("more\r")
    try terminal.wait(for: "another one") { $0.lines.suffix(2) == ["… more", "…"] }
    try terminal.enter("}", answer: #"[line] "for e { print\nmore\n}""#)
    try terminal.leave()
  }

  @Test("Ctrl-C gives up all lines of a statement, and Ctrl-D hands over what there is")
  func leavingContinuation() throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("{ a\r")
    try terminal.wait(for: "the continuation prompt") { $0.currentLine == "…" }
    terminal.type("b\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    terminal.type("{ c\r")
    try terminal.wait(for: "the continuation prompt") { $0.currentLine == "…" }
    terminal.type("\u{4}")
    try terminal.wait(forLine: #"[line] "{ c""#)
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test("Alt-Enter begins a new line without running this one", arguments: ["\u{1B}\r", "\u{1B}\n"])
  func newline(key: String) throws {
    let terminal = try PseudoTerminal.probe()
    terminal.type("a\(key)日")
    try terminal.wait(for: "two rows") { $0.lines == ["probe> a", "日"] }
    try terminal.enter("", answer: #"[line] "a\n日""#)
    try terminal.leave()
  }

  @Test("pasted lines are one edit, and run only on Enter")
  func paste() throws {
    let terminal = try PseudoTerminal.probe()
    #expect(terminal.screen.isPasteBracketed)
    terminal.type("<>\u{1B}[D")
    terminal.type("\u{1B}[200~one\rtwo\r\n\r\n\tthree\u{3}\u{1B}[31m\n\n\u{1B}[201~")
    try terminal.wait(for: "the pasted lines") { $0.lines == ["probe> <one", "two", "", "        three[31m>"] }
    #expect(terminal.screen.cursor == (3, 17))
    terminal.type("\r")
    try terminal.wait(forLine: #"[line] "<one\ntwo\n\n\tthree[31m>""#)
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(!terminal.screen.isPasteBracketed)
  }

  @Test("a paste of more than 1 MiB loses its end, and the editor goes on")
  func hugePaste() throws {
    let terminal = try PseudoTerminal.probe()
    let line = Array("0123456789012345678901234567890123456789012345678901234567890\n".utf8)
    terminal.type("\u{1B}[200~")
    terminal.send((0..<20_000).flatMap { _ in line })
    terminal.type("\u{1B}[201~")
    terminal.type("\r")
    try terminal.wait(forLine: "[line] 1048576 bytes")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test(
    "bytes that are no text do no harm",
    arguments: [
      [0x00, 0x61], [0xFF, 0xFE, 0x61], [0xC3, 0x61], [0xE6, 0x97, 0x61], [0xF0, 0x9F, 0x9A, 0x61],
      [0x80, 0xC2, 0x9F, 0x61],
      [0xED, 0xA0, 0x80, 0x61], [0xF4, 0x90, 0x80, 0x80, 0x61], [0xC0, 0x80, 0x61],
    ] as [[UInt8]])
  func hostileBytes(bytes: [UInt8]) throws {
    let terminal = try PseudoTerminal.probe()
    terminal.send(bytes)
    try terminal.wait(for: "the letter among them") { $0.currentLine == "probe> a" }
    terminal.send(Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8))
    try terminal.wait(for: "the letter pasted among them") { $0.currentLine.hasSuffix("a") && $0.currentLine.count > 8 }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    try terminal.enter("after", answer: #"[line] "after""#)
    try terminal.leave()
  }

  @Test(
    "terminals that can do nothing, and locales that know nothing, still edit any text",
    arguments: [
      ["TERM": "dumb"], ["TERM": ""], ["LC_ALL": "C"], ["LC_ALL": "C.UTF-8"],
      ["LC_ALL": "xx_XX.nonsense", "TERM": "dumb"],
    ])
  func poorTerminals(environment: [String: String]) throws {
    let terminal = try PseudoTerminal.probe(environment: environment)
    terminal.type("é日本🚀\u{7F}\u{1B}[D!\r")
    try terminal.wait(forLine: #"[line] "é日!本""#)
    try terminal.waitForPrompt()
    terminal.notify("a notice")
    try terminal.wait(forLine: "a notice")
    terminal.type("e\t")
    try terminal.wait(for: "the candidates") { $0.allLines.contains("endpoints  who receives them") }
    terminal.type("\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    try terminal.leave()
    #expect(terminal.screen.unknown.isEmpty)
    #expect(environment["TERM"] == nil || !terminal.screen.isPasteBracketed)
  }

  @Test("the keys of vi, where the user's .editrc asks for them")
  func viKeys() throws {
    let folder = try TemporaryFolder()
    let settings = folder.write("probe:bind -v\n", to: ".editrc")
    let terminal = try PseudoTerminal.probe(environment: ["EDITRC": settings])
    terminal.type("abc def\u{1B}bix")
    try terminal.wait(for: "the inserted letter") { $0.currentLine == "probe> abc xdef" }
    terminal.type("\u{1B}[200~1\n2\u{1B}[201~y\r")
    try terminal.wait(forLine: #"[line] "abc x1\n2ydef""#)
    try terminal.waitForPrompt()
    terminal.type("gone\u{1B}\u{3}")
    try terminal.wait(forLine: "[interrupted]")
    try terminal.waitForPrompt()
    terminal.type("\u{1B}k")
    try terminal.wait(for: "the last entry") { $0.lines.suffix(2) == ["probe> abc x1", "2ydef"] }
    terminal.type("\r")
    try terminal.waitForPrompt()
    terminal.type("ev\t")
    try terminal.wait(for: "the completed word") { $0.beforeCursor == "probe> events " }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test(
    "Alt-Enter begins a new line with the keys of vi too, while Escape and Enter in turn run the line",
    arguments: ["\r", "\n"])
  func viNewline(key: String) throws {
    let folder = try TemporaryFolder()
    let settings = folder.write("probe:bind -v\n", to: ".editrc")
    let terminal = try PseudoTerminal.probe(environment: ["EDITRC": settings])
    terminal.type("a\u{1B}\(key)b")
    try terminal.wait(for: "two lines") { $0.lines.suffix(2) == ["probe> a", "b"] }
    terminal.type("\r")
    try terminal.wait(forLine: #"[line] "a\nb""#)
    try terminal.waitForPrompt()
    terminal.type("ab")
    try terminal.wait(for: "what was typed") { $0.beforeCursor == "probe> ab" }
    terminal.type("\u{1B}")
    try terminal.wait(for: "the command mode") { $0.beforeCursor == "probe> a" }
    terminal.type(key)
    try terminal.wait(forLine: #"[line] "ab""#)
    try terminal.waitForPrompt()
    try terminal.leave()
  }

  @Test(
    "the line can be changed elsewhere: what was saved is the line, and runs on Enter only",
    arguments: [("", "\u{18}\u{5}"), ("probe:bind -v\n", "\u{1B}v")])
  func editedElsewhere(settings: String, key: String) throws {
    let folder = try TemporaryFolder()
    let terminal = try PseudoTerminal.probe(environment: ["EDITRC": folder.write(settings, to: ".editrc")])
    for (line, shown, accepted) in [
      ("ab", ["probe> ab", "and more"], #"[line] "ab\nand more""#), ("keep", ["probe> keep"], #"[line] "keep""#),
      ("fail", [#"the editor failed\e[31m"#, "probe> fail"], #"[line] "fail""#),
    ] {
      terminal.type(line)
      try terminal.wait(for: "what was typed") { $0.beforeCursor == "probe> " + line }
      terminal.type(key)
      try terminal.wait(for: "the line afterwards") {
        $0.lines.contains("[editing] \(line.debugDescription)") && $0.lines.suffix(shown.count) == shown[...]
      }
      terminal.type("\r")
      try terminal.wait(forLine: accepted)
      try terminal.waitForPrompt()
    }
    try terminal.leave()
  }

  @Test("standard input must be a terminal, and a process has one editor")
  func refusals() throws {
    let terminal = try PseudoTerminal.probe()
    try terminal.enter("second", answer: "[error] a line editor is already open in this process")
    try terminal.leave()
    let piped = try PseudoTerminal(["/bin/sh", "-c", "echo hello | '\(try PseudoTerminal.probePath)'"])
    try piped.wait(forLine: "[error] standard input or standard output is not a terminal")
    #expect(piped.waitForExit() != 0)
  }
}
