import Basics
import TestSupport
import Testing

@Suite("Completion in a terminal", .timeLimit(.minutes(3)))
struct CompletionTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// Types a line that ends with Tab, waits for what it becomes, and clears it.
  private func complete(_ shell: PseudoTerminal, _ text: String, _ completed: String) throws {
    shell.type(text + "\t")
    try shell.wait(for: completed) { $0.beforeCursor == "mittr sandbox> " + completed }
    shell.type("\u{3}")
    try shell.waitForPrompt()
  }

  @Test("fields, variables, ids, types and files are completed from what the session has seen")
  func everyKind() throws {
    mkdir(home.path + "/more", 0o700)
    _ = home.write("1", to: "my notes.txt")
    let shell = try PseudoTerminal.shell(home: home)
    try complete(shell, "endpo", "endpoints ")
    try complete(shell, "events list --status fai", "events list --status failed ")
    try complete(shell, "set-output jsonl", "set-output jsonl ")
    try complete(shell, "open ~/mo", "open ~/more/")
    try complete(shell, "open ~/my", "open \"~/my notes.txt\" ")
    try complete(shell, "print @~/mo", "print @~/more/")
    try complete(shell, "profile use san", "profile use sandbox ")
    try complete(shell, "help lang", "help language ")
    // Nothing is fetched for completion: what was not listed is not known.
    try shell.enter("events list --all | first 20 | count", answer: "20")
    try complete(shell, "events list | where .eventT", "events list | where .eventType ")
    try complete(shell, "events list | where .payl", "events list | where .payload")
    try complete(shell, "events list | first 3 | select .endp", "events list | first 3 | select .endpointId ")
    try complete(shell, "events get evt_00000000000000000000006", "events get evt_000000000000000000000060 ")
    try complete(shell, "let x = {na: {me: 1}}; $x.n", "let x = {na: {me: 1}}; $x.na")
    try shell.enter("let x = {\"odd key\": 1, plain: 2}; $x | count", answer: "1")
    try complete(shell, "$x.\"o", "$x.\"odd key\" ")
    try complete(shell, "print \"\\($x.pl", "print \"\\($x.plain ")
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test(
    "a list fits the window, whatever the terminal",
    arguments: [
      (80, 24, ["TERM": "xterm-256color", "LC_ALL": "C"]), (200, 50, ["LC_ALL": "C.UTF-8"]),
      (80, 24, ["TERM": "dumb"]), (80, 24, ["TERM": ""]),
    ])
  func windows(columns: Int, rows: Int, environment: [String: String]) throws {
    let shell = try PseudoTerminal.shell(home: home, environment: environment, columns: columns, rows: rows)
    shell.type("events list --\t")
    try shell.wait(for: "the flags") { screen in
      screen.allLines.contains { $0.hasPrefix("--status") } && screen.beforeCursor.hasSuffix("events list --")
    }
    #expect(shell.screen.allLines.allSatisfy { $0.count < columns })
    shell.type("st\t")
    try shell.wait(for: "the flag") { $0.beforeCursor.hasSuffix("events list --status ") }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  private func configure(_ text: String) {
    mkdir(home.path + "/.config", 0o700)
    mkdir(home.path + "/.config/mittr", 0o700)
    _ = home.write(text, to: ".config/mittr/config.toml")
  }

  @Test("the welcome names the profile, and profile use sandbox leads back")
  func profile() throws {
    configure("profile = \"far\"\n[profiles.far]\napi_key = \"k\"\nbase_url = \"http://127.0.0.1:1\"\n")
    let shell = try PseudoTerminal.shell(home: home, place: "127.0.0.1:1 (far)", columns: 200, rows: 50)
    #expect(shell.screen.lines.contains("mittr \(ReleaseVersion.text) on 127.0.0.1:1 (far)"))
    #expect(
      shell.screen.renderedTexts.contains { $0.rendition == "33" && $0.text.contains("mittr 127.0.0.1:1 (far)>") })
    shell.type("profile use sandbox\r")
    try shell.wait(for: "the sandbox's prompt") { $0.currentLine == "mittr sandbox>" }
    #expect(shell.screen.renderedTexts.contains { $0.rendition == "32" && $0.text.contains("mittr sandbox>") })
    shell.type("profile list | where .active | get name\r")
    try shell.wait(forLine: "sandbox")
    shell.type("events list --all | count\r")
    try shell.wait(forLine: "60")
    try shell.wait(for: "the prompt") { $0.currentLine == "mittr sandbox>" }
    #expect(shell.leave() == 0)
  }

  @Test("the prompt on the hosted platform is red")
  func hosted() throws {
    let shell = try PseudoTerminal.shell(
      home: home, environment: ["MITTR_API_KEY": "mtr_key"], place: "app.mittr.io")
    #expect(shell.screen.renderedTexts.contains { $0.rendition == "31" && $0.text.contains("mittr app.mittr.io>") })
    #expect(shell.screen.lines.contains("mittr \(ReleaseVersion.text) on app.mittr.io"))
    #expect(shell.leave() == 0)
  }
}
