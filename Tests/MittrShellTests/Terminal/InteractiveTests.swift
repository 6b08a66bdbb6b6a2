import Basics
import TestSupport
import Testing

@Suite("The shell in a terminal", .timeLimit(.minutes(2)))
struct InteractiveTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  @Test("without a key it starts on the sandbox, says so, and names things to try; Ctrl-D ends it with 0")
  func welcome() throws {
    let shell = try PseudoTerminal.shell(home: home)
    #expect(
      shell.screen.lines == [
        "mittr \(ReleaseVersion.text) on a local sandbox with demo data, since MITTR_API_KEY is not set",
        "  events list --status failed                         what failed",
        "  events list --status failed | count-by .lastError   why",
        "  events list --status failed | first 3 | replay      deliver three again",
        "  tour                                                the shell in 8 steps",
        "  help                                                all commands; Tab helps", "mittr sandbox>",
      ])
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test("it lists events as a table, and filters them")
  func listing() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter(
      "events list --status failed | first 2 | select id status", answer: "evt_000000000000000000000053  failed")
    #expect(
      shell.screen.lines.suffix(4) == [
        "id                            status", "evt_000000000000000000000054  failed",
        "evt_000000000000000000000053  failed", "mittr sandbox>",
      ])
    try shell.enter("events list --all | where .status == \"dead\" and .attempts >= 5 | count", answer: "5")
    try shell.enter("events list --all | count", answer: "60")
    #expect(shell.leave() == 0)
  }

  @Test("what would be replayed is asked about: yes does it, no and just Enter change nothing")
  func replaying() throws {
    let shell = try PseudoTerminal.shell(home: home)
    for answer in ["n", ""] {
      shell.type("events list --status failed | first 2 | replay\r")
      try shell.wait(for: "the question") { $0.currentLine == "replay 2 events on sandbox? [y/N]" }
      shell.type(answer + "\r")
      try shell.wait(forLine: "replay: nothing was changed")
      try shell.waitForPrompt()
      shell.type("\u{C}")
      try shell.wait(for: "a clean screen") { $0.lines == ["mittr sandbox>"] }
    }
    shell.type("events list --status failed | first 2 | replay | select id ok\r")
    try shell.wait(for: "the question") { $0.currentLine == "replay 2 events on sandbox? [y/N]" }
    shell.type("y\r")
    try shell.wait(forLine: "replay: 2 done, 0 failed")
    try shell.waitForPrompt()
    #expect(shell.screen.lines.contains("evt_000000000000000000000054  true"))
    #expect(shell.screen.lines.contains("evt_000000000000000000000053  true"))
    #expect(shell.leave() == 0)
  }

  @Test("Ctrl-C at a question changes nothing and is no error")
  func interruptedQuestion() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("events list --status failed | first 2 | replay\r")
    try shell.wait(for: "the question") { $0.currentLine == "replay 2 events on sandbox? [y/N]" }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(!shell.screen.allLines.contains { $0.hasPrefix("error") })
    try shell.enter("events list --status failed --all | count", answer: "15")
    #expect(shell.leave() == 0)
  }

  @Test("an error shows its place with a caret, and the shell goes on")
  func errors() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter(
      "events list --statu failed", answer: "  |             ^^^^^^^ did you mean --status?")
    #expect(
      shell.screen.lines.suffix(5) == [
        "error[unknown-flag]: 'events list' has no flag --statu", " --> line:1:13", "1 | events list --statu failed",
        "  |             ^^^^^^^ did you mean --status?", "mittr sandbox>",
      ])
    try shell.enter("events get evt_nope", answer: "1 | events get evt_nope")
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("Tab completes commands and flags, and lists what is ambiguous")
  func completion() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("ev\t")
    try shell.wait(for: "the command") { $0.beforeCursor == "mittr sandbox> events " }
    shell.type("l\t--stat\t")
    try shell.wait(for: "the flag") { $0.beforeCursor == "mittr sandbox> events list --status " }
    shell.type("f\t\u{3}")
    try shell.wait(for: "the status") {
      $0.allLines.contains { $0.hasPrefix("mittr sandbox> events list --status failed") }
    }
    try shell.waitForPrompt()
    shell.type("events \t")
    try shell.wait(for: "the commands of the group") { screen in
      ["list", "get", "send", "replay"].allSatisfy { name in
        screen.lines.contains { $0.hasPrefix(name + " ") && $0.contains("event") }
      } && screen.beforeCursor == "mittr sandbox> events "
    }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("an unfinished statement goes on in the next line")
  func severalLines() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("[1,\r")
    try shell.wait(for: "the continuation prompt") { $0.currentLine == "…" }
    try shell.enter("2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("Ctrl-Z stops the shell, and fg brings back the line that was being typed")
  func suspended() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(
      ["/bin/sh", "-i"], prompt: "mittr sandbox>",
      environment: ["PS1": "sh> ", "HOME": home.path, "XDG_STATE_HOME": home.path + "/state"])
    try terminal.wait(for: "the shell's prompt") { $0.currentLine == "sh>" }
    terminal.type("'\(try BuiltProgram.path("mittr"))'\r")
    try terminal.waitForPrompt()
    terminal.type("[1, 2] | cou")
    try terminal.wait(for: "what was typed") { $0.beforeCursor.hasSuffix("| cou") }
    terminal.type("\u{1A}")
    try terminal.wait(for: "the shell's prompt again") { $0.currentLine == "sh>" }
    terminal.type("fg\r")
    try terminal.wait(for: "the line") { $0.currentLine == "mittr sandbox> [1, 2] | cou" }
    terminal.type("nt\r")
    try terminal.wait(forLine: "2")
    try terminal.waitForPrompt()
    terminal.type("\u{4}")
    try terminal.wait(for: "the shell's prompt at last") { $0.currentLine == "sh>" }
  }

  @Test("Ctrl-C clears the line that is being typed")
  func interruptedLine() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("endpoints delete\u{3}")
    try shell.wait(forLine: "mittr sandbox> endpoints delete^C")
    try shell.waitForPrompt()
    try shell.enter("[1, 2, 3] | count", answer: "3")
    #expect(shell.leave() == 0)
  }

  @Test("Ctrl-C gives up a request that nobody answers, and leaves a clean prompt")
  func interruptedRequest() throws {
    let server = try RawServer(.silence)
    let shell = try PseudoTerminal.shell(
      home: home, environment: ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_key"],
      place: "127.0.0.1:\(server.port)")
    shell.type("events list\r")
    try server.waitForRequest()
    shell.type("\u{3}")
    try shell.waitForPrompt()
    try server.waitForHangUp()
    let prompt = "mittr 127.0.0.1:\(server.port)>"
    #expect(shell.screen.lines.suffix(3) == ["\(prompt) events list", "^C", prompt])
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("exit ends it with the status given")
  func exitStatus() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("exit 7\r")
    #expect(shell.exitStatus() == 7)
  }

  @Test("a sandbox with a file keeps it, and lets go of it before the shell has ended")
  func sandboxFile() throws {
    let file = home.path + "/sandbox.db"
    for count in ["61", "62"] {
      // The sandbox would not start while another one has the file open.
      let shell = try PseudoTerminal.shell(["--sandbox=\(file)"], home: home)
      try shell.enter("events send a.b {} | get .eventType", answer: "a.b")
      try shell.enter("events list --all | count", answer: count)
      #expect(shell.leave() == 0)
    }
  }

  @Test("secrets are masked on the terminal")
  func masking() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("endpoints list | first 1 | endpoints get | get .secret\r")
    try shell.wait(forLine: "whsec_…")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }
}
