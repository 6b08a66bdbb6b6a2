import Basics
import TestSupport
import Testing

@Suite("What changes a running shell", .timeLimit(.minutes(2)))
struct SessionCommandTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  @Test("profile use switches the server and the prompt, and no key is shown")
  func profile() throws {
    mkdir(home.path + "/.config", 0o700)
    mkdir(home.path + "/.config/mittr", 0o700)
    _ = home.write(
      """
      [profiles.far]
      api_key = "hidden-key"
      base_url = "http://127.0.0.1:1"

      """, to: ".config/mittr/config.toml")
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("events list --all | count", answer: "60")
    shell.type("profile use far\r")
    try shell.wait(for: "the new prompt") { $0.currentLine == "mittr 127.0.0.1:1 (far)>" }
    shell.type("profile show\r")
    try shell.wait(forLine: "active     true")
    try shell.wait(forLine: "apiKey     …")
    try shell.wait(for: "the prompt") { $0.currentLine == "mittr 127.0.0.1:1 (far)>" }
    shell.type("\"it is hidden-key\"\r")
    try shell.wait(forLine: "it is …")
    shell.type("try { events list } catch err { $err.code }\r")
    try shell.wait(forLine: "CONNECTION_REFUSED")
    try shell.wait(for: "the prompt") { $0.currentLine == "mittr 127.0.0.1:1 (far)>" }
    #expect(shell.leave() == 0)
    #expect(TemporaryFolder.read(home.path + "/.config/mittr/config.toml").hasPrefix("[profiles.far]"))
  }

  @Test("clear leaves the prompt alone on the screen, set-output stays, and CSV is shown without carriage returns")
  func screen() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("set-output json; {a: 1} | get a", answer: "1")
    try shell.enter("[{a: 1}] | where true", answer: "]")
    try shell.enter("[{a: \"x,y\"}] | to csv", answer: "\"x,y\"")
    try shell.enter("[1] | save /dev/tty", answer: "error[file-error]: /dev/tty is a terminal")
    shell.type("clear\r")
    try shell.wait(for: "a clean screen") { $0.lines == ["mittr sandbox>"] }
    #expect(shell.leave() == 0)
  }

  @Test("Ctrl-C ends a sleep at once")
  func sleep() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("print \"begun\"; sleep 1h\r")
    try shell.wait(forLine: "begun")
    shell.type("\u{3}")
    try shell.waitForPrompt()
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }
}
