import Basics
import TestSupport
import Testing

@Suite("browse in a terminal", .timeLimit(.minutes(3)))
struct BrowseTests {
  private let home: TemporaryFolder
  private static let newest = "evt_000000000000000000000060"

  init() throws { home = try TemporaryFolder() }

  /// A shell with the demo's events in `$e`.
  private func shell(
    columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let shell = try PseudoTerminal.shell(home: home, environment: environment, columns: columns, rows: rows)
    try shell.enter("let e = events list --all; print ok", answer: "ok")
    return shell
  }

  private func open(_ shell: PseudoTerminal, _ source: String = "$e", selected: String = newest) throws {
    shell.type("\(source) | browse\r")
    try wait(shell, selected: selected)
  }

  /// Waits for the source's end too: a key that goes down moves nothing while nothing is below.
  private func wait(_ shell: PseudoTerminal, selected: String) throws {
    try shell.wait(for: "the selection of \(selected)") { screen in
      screen.isAlternate && screen.lines.first?.contains("more may come") == false
        && screen.lines.contains { $0.hasPrefix("> \(selected)") }
    }
  }

  private func wait(_ shell: PseudoTerminal, bottom text: String) throws {
    try shell.wait(for: "the bottom line \(text)") { screen in
      screen.isAlternate && screen.lines.count == screen.rows && screen.lines.last?.hasPrefix(text) == true
    }
  }

  private func wait(_ shell: PseudoTerminal, title text: String) throws {
    try shell.wait(for: "the title \(text)") { $0.isAlternate && $0.lines.first?.hasPrefix(text) == true }
  }

  @Test(
    "opens, moves, shows details, and leaves the screen as it was",
    arguments: [(80, 24), (200, 50), (40, 10)])
  func whole(columns: Int, rows: Int) throws {
    let shell = try shell(columns: columns, rows: rows)
    let before = shell.screen.lines
    try open(shell)
    try shell.wait(for: "all items") { $0.lines.first == "1/60 items" }
    #expect(shell.screen.isCursorHidden)
    shell.type("j")
    try wait(shell, selected: "evt_000000000000000000000059")
    shell.type("\u{1B}[B\u{1B}OB")
    try wait(shell, selected: "evt_000000000000000000000057")
    shell.type("G")
    try wait(shell, selected: "evt_000000000000000000000001")
    shell.type("g\r")
    try shell.wait(for: "the details") { $0.isAlternate && $0.lines.first?.contains("  1/60") == true }
    #expect(shell.screen.lines[1].hasPrefix("id "))
    shell.type("\t")
    try shell.wait(for: "the JSON") { $0.lines.count > 1 && $0.lines[1] == "{" }
    shell.type("\u{1B}")
    try wait(shell, selected: Self.newest)
    shell.type("?")
    try wait(shell, title: "keys")
    shell.type("q")
    try shell.waitForPrompt()
    #expect(!shell.screen.isAlternate && !shell.screen.isCursorHidden)
    let after = before.dropLast() + ["mittr sandbox> $e | browse", "mittr sandbox>"]
    #expect(shell.screen.lines == Array(after.suffix(rows)))
    #expect(shell.screen.unknown.isEmpty)
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("filters, sorts and copies")
  func looking() throws {
    let shell = try shell(columns: 40, rows: 10)
    try open(shell)
    shell.type("/evt_" + String(repeating: "0", count: 22) + "3")
    try wait(shell, bottom: "/evt_0000000000000000000000")
    try wait(shell, title: "1/10 of 60 items  /evt_")
    #expect(!shell.screen.isCursorHidden)
    shell.type("\ry")
    try wait(shell, bottom: "copied evt_000000000000000000000039")
    #expect(shell.screen.clipboard == Base64.text(Array("evt_000000000000000000000039".utf8)))
    shell.type("s")
    try wait(shell, title: "10/10 of 60 items  /evt_")
    shell.type("g")
    try wait(shell, selected: "evt_000000000000000000000030")
    shell.type("\u{1B}")
    try wait(shell, title: "30/60 items  by id ↑")
    shell.type("q")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("replays an event; nobody is asked, and the screen stays whole")
  func replaying() throws {
    let shell = try shell()
    shell.type("events list --status failed | browse\r")
    try shell.wait(for: "a failed event") { $0.isAlternate && $0.lines.contains { $0.hasPrefix("> evt_") } }
    let selected = try #require(shell.screen.lines.first { $0.hasPrefix("> ") }).dropFirst(2).prefix(28)
    shell.type("r")
    try wait(shell, bottom: "replay: \(selected) done, status pending")
    #expect(shell.screen.lines.filter { $0.hasPrefix("> ") }.count == 1)
    shell.type("x")
    try wait(shell, bottom: "x does nothing here; ? lists the keys")
    shell.type("q")
    try shell.waitForPrompt()
    #expect(!shell.screen.allLines.contains { $0.hasPrefix("replay:") })
    #expect(shell.leave() == 0)
  }

  @Test("shows deliveries as they come, without moving what is selected, and verifies them")
  func following() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("let r = listen 0 --secret whsec_test; print \"port \\($r.port).\"; print read", answer: "read")
    let line = try #require(shell.screen.allLines.last { $0.hasPrefix("port ") })
    let port = try #require(Int(line.dropFirst("port ".count).dropLast()))
    try LoopbackRequest.post(port: port, path: "/first", body: "{}")
    try shell.wait(for: "the notice") { $0.allLines.contains { $0.hasPrefix("delivery 1: POST /first") } }
    try shell.waitForPrompt()
    shell.type("deliveries --follow | browse\r")
    try shell.wait(for: "the first one") { $0.isAlternate && $0.lines.contains { $0.hasPrefix(">      1  ") } }
    for number in 2...12 {
      try LoopbackRequest.post(port: port, path: "/x%1B", body: "{\"n\": \(number)}")
      try wait(shell, title: "1/\(number) items")
    }
    #expect(shell.screen.lines.contains { $0.hasPrefix(">      1  ") })
    shell.type("v")
    try wait(shell, title: "verify")
    try shell.wait(for: "the verdict") { $0.lines.contains { $0.hasPrefix("verdict") && $0.contains("refused") } }
    shell.type("\u{1B}")
    try wait(shell, title: "1/12 items")
    shell.type("q")
    try shell.waitForPrompt()
    // Of what came meanwhile only the last is told.
    #expect(shell.screen.allLines.contains { $0 == "… 6 earlier messages" })
    #expect(shell.screen.allLines.filter { $0.hasPrefix("delivery ") }.count == 6)
    #expect(shell.leave() == 0)
  }

  @Test("takes another size")
  func resizing() throws {
    let shell = try shell()
    try open(shell)
    try shell.wait(for: "all items") { $0.lines.first == "1/60 items" }
    shell.type("G")
    try wait(shell, selected: "evt_000000000000000000000001")
    for (columns, rows) in [(40, 10), (200, 50), (80, 24)] {
      shell.resize(columns: columns, rows: rows)
      try shell.wait(for: "the screen in its new size") { screen in
        screen.lines.count == rows && screen.lines[rows - 1].hasSuffix("? keys  q quit")
          && screen.lines[rows - 2].hasPrefix("> evt_000000000000000000000001")
      }
    }
    shell.type("q")
    try shell.waitForPrompt()
    #expect(!shell.screen.isAlternate)
    #expect(shell.leave() == 0)
  }

  @Test(
    "Ctrl-C ends the statement, and gives the screen back", arguments: ["$e", "let r = listen 0; deliveries --follow"])
  func interrupted(source: String) throws {
    let shell = try shell()
    let before = shell.screen.lines
    shell.type("\(source) | browse; print after\r")
    try shell.wait(for: "the browser") { $0.isAlternate && $0.lines.last?.hasSuffix("q quit") == true }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(!shell.screen.isAlternate && !shell.screen.isCursorHidden)
    #expect(shell.screen.lines.starts(with: before.dropLast()))
    #expect(!shell.screen.allLines.contains("after"))
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("q ends a source that would go on for ever, and the line goes on")
  func leavingForEver() throws {
    let shell = try shell()
    shell.type("let r = listen 0; deliveries --follow | browse; print after\r")
    try shell.wait(for: "the browser") { $0.isAlternate && $0.lines.contains("  nothing has come yet") }
    shell.type("q")
    try shell.wait(forLine: "after")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("Ctrl-Z gives the screen back and stops the job; fg draws it again")
  func stopped() throws {
    let terminal = try PseudoTerminal(
      ["/bin/sh", "-i"], prompt: "mittr sandbox>",
      environment: ["PS1": "sh> ", "HOME": home.path, "XDG_STATE_HOME": home.path + "/state"], columns: 40, rows: 10)
    try terminal.wait(for: "the shell's prompt") { $0.currentLine == "sh>" }
    terminal.type("M='\(try BuiltProgram.path("mittr"))'; clear\r")
    terminal.type("\"$M\"\r")
    try terminal.waitForPrompt()
    terminal.type("events list --all | browse\r")
    try wait(terminal, selected: Self.newest)
    terminal.type("jj")
    try wait(terminal, selected: "evt_000000000000000000000058")
    for _ in 0..<2 {
      terminal.type("\u{1A}")
      try terminal.wait(for: "the shell's prompt again") { !$0.isAlternate && $0.currentLine == "sh>" }
      #expect(!terminal.screen.isCursorHidden)
      terminal.type("echo $((1 + 1))\r")
      try terminal.wait(for: "an echo") { $0.lines.contains("2") && $0.currentLine == "sh>" }
      terminal.type("clear; fg\r")
      try wait(terminal, selected: "evt_000000000000000000000058")
    }
    terminal.type("k")
    try wait(terminal, selected: "evt_000000000000000000000059")
    terminal.type("q")
    try terminal.waitForPrompt()
    terminal.type("\u{4}")
    try terminal.wait(for: "the shell's prompt at last") { $0.currentLine == "sh>" }
  }

  @Test("A source that fails gives the screen back, and its error is told as any other")
  func failing() throws {
    let shell = try shell()
    shell.type("[1, 2, 0] | each { if . == 0 { sleep 2s }; 6 / . } | browse; print after\r")
    try shell.wait(for: "the first items") { $0.isAlternate && $0.lines.contains { $0.hasPrefix("> 6") } }
    try shell.wait(for: "the error") { $0.allLines.contains { $0.hasPrefix("error[division-by-zero]") } }
    try shell.waitForPrompt()
    #expect(!shell.screen.isAlternate && !shell.screen.isCursorHidden)
    #expect(!shell.screen.allLines.contains("after"))
    #expect(shell.leave() == 0)
  }

  @Test("A question that the source asks stands on the ordinary screen, and the browser comes after it")
  func asking() throws {
    let shell = try shell()
    shell.type("events list --status dead --all | replay | browse\r")
    try shell.wait(for: "the question") { !$0.isAlternate && $0.currentLine == "replay 5 events on sandbox? [y/N]" }
    shell.type("y\r")
    try wait(shell, title: "1/5 items")
    shell.type("q")
    try shell.wait(forLine: "replay: 5 done, 0 failed")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("SIGTERM and SIGHUP end the shell with the screen given back", arguments: [SIGTERM, SIGHUP])
  func ended(signal: Int32) throws {
    let shell = try shell()
    try open(shell)
    kill(shell.process, signal)
    #expect(shell.waitForExit() & 0x7F == signal)
    #expect(!shell.screen.isAlternate && !shell.screen.isCursorHidden)
    #expect(shell.screen.currentLine.isEmpty)
  }

  @Test("works in a script on a terminal, which a signal ends in good order")
  func script() throws {
    func terminal() throws -> PseudoTerminal {
      let terminal = try PseudoTerminal(
        [BuiltProgram.path("mittr"), "--sandbox", "-c", "events list --all | browse; print done"],
        environment: ["HOME": home.path])
      try wait(terminal, selected: Self.newest)
      return terminal
    }
    let left = try terminal()
    left.type("q")
    try left.wait(forLine: "done")
    #expect(left.exitStatus() == 0)
    for isSignal in [false, true] {
      let ended = try terminal()
      if isSignal { kill(ended.process, SIGTERM) } else { ended.type("\u{3}") }
      #expect(ended.exitStatus() == (isSignal ? 143 : 130))
      #expect(!ended.screen.isAlternate && !ended.screen.isCursorHidden)
      #expect(!ended.screen.allLines.contains("done"))
    }
  }

  @Test("has no colours where none are wanted", arguments: [true, false])
  func colours(isWanted: Bool) throws {
    let shell = try shell(environment: isWanted ? [:] : ["NO_COLOR": "1"])
    try open(shell)
    try shell.wait(for: "all items") { $0.lines.first == "1/60 items" }
    let texts = shell.screen.renderedTexts
    #expect(Set(texts.map { $0.rendition }).isSuperset(of: ["1", "7"]))
    #expect(texts.contains { $0.rendition == "32" && $0.text == "delivered" } == isWanted)
    shell.type("q")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }
}
