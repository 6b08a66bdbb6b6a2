import Basics
import Foundation
import TestSupport
import Testing

@Suite("A home for the shell", .timeLimit(.minutes(2)))
struct HomeTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func writeInit(_ text: String) {
    mkdir(home.path + "/.config", 0o700)
    mkdir(home.path + "/.config/mittr", 0o700)
    _ = home.write(text, to: ".config/mittr/init.mittr")
    chmod(home.path + "/.config/mittr/init.mittr", 0o644)
  }

  @Test("init.mittr is run first: its variables, functions and aliases are there")
  func initFile() throws {
    writeInit("let n = 20\ndef twice(x) { $x * 2 }\nalias tw = \"twice $n\"\n")
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("tw", answer: "40")
    try shell.enter("tw | each { . + 1 }", answer: "41")
    #expect(shell.leave() == 0)
    let bare = try PseudoTerminal.shell(["--no-config"], home: home)
    try bare.enter("tw", answer: "error[unknown-command]: there is no command 'tw'")
    #expect(bare.leave() == 0)
  }

  @Test("A mistake in it is told with its line, and the shell starts all the same")
  func mistake() throws {
    writeInit("let n = 1\nlet m = $nn\n")
    let shell = try PseudoTerminal.shell(home: home, columns: 120)
    #expect(shell.screen.allLines.contains("error[unknown-variable]: there is no variable $nn"))
    #expect(shell.screen.allLines.contains { $0.hasSuffix("/init.mittr:2:9") })
    try shell.enter("1 + 1", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("One that waits is left with Ctrl-C")
  func waiting() throws {
    writeInit("print \"begun\"; sleep 1h\n")
    let shell = try PseudoTerminal(
      [BuiltProgram.path("mittr")], prompt: "mittr sandbox>",
      environment: ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state"], columns: 120)
    try shell.wait(forLine: "begun")
    shell.type("\u{3}")
    try shell.wait(for: "the notice") {
      $0.allLines.contains { $0.hasSuffix("/init.mittr was interrupted; the shell goes on without its rest") }
    }
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("One that others may write to, or that belongs to somebody else, is not run")
  func foreign() throws {
    writeInit("print \"run\"\n")
    chmod(home.path + "/.config/mittr/init.mittr", 0o666)
    let shell = try PseudoTerminal.shell(home: home, columns: 120)
    #expect(shell.screen.allLines.contains { $0.hasSuffix("init.mittr is not read: others may write to it") })
    #expect(!shell.screen.allLines.contains("run"))
    #expect(shell.leave() == 0)
  }

  @Test("An alias is made at the prompt, completed, and reads like what it stands for")
  func alias() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("alias zz = \"events list --all\"\r")
    try shell.waitForPrompt()
    try shell.enter("zz | count", answer: "60")
    shell.type("zz --stat\t")
    try shell.wait(for: "the flag") { $0.currentLine.hasSuffix("zz --status") }
    shell.type("failed | count\r")
    try shell.wait(forLine: "15")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("An alias has a page of help")
  func aliasHelp() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("alias zz = \"events list --all\"\r")
    try shell.waitForPrompt()
    try shell.enter("help zz", answer: "zz: an alias for events list --all")
    #expect(shell.leave() == 0)
  }

  @Test("def --keep keeps a function for the next session, and undef takes it away")
  func kept() throws {
    let kept = home.path + "/.config/mittr/functions.mittr"
    let first = try PseudoTerminal.shell(home: home, columns: 120)
    first.type("def --keep twice(x) { $x * 2 }\r")
    try first.waitForPrompt()
    first.type("def --keep twice(x) { $x * 2 + 1 }\r")
    try first.waitForPrompt()
    try first.enter("twice 20", answer: "41")
    try first.enter(
      "let n = 1; def --keep bad() { $n }",
      answer: "error[not-kept]: 'bad' could not be read by another session: there is no variable $n")
    try first.enter(
      "def --keep bad() { print {secret: \"hunter2\"} }",
      answer: "error[not-kept]: 'bad' holds a secret, and is not kept")
    #expect(first.leave() == 0)
    #expect(try String(contentsOf: URL(filePath: kept), encoding: .utf8) == "def twice(x) { $x * 2 + 1 }\n")
    var status = stat()
    #expect(stat(kept, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let second = try PseudoTerminal.shell(home: home)
    try second.enter("twice 20", answer: "41")
    second.type("undef twice\r")
    try second.waitForPrompt()
    try second.enter("twice 20", answer: "error[unknown-command]: there is no command 'twice'")
    #expect(second.leave() == 0)
    #expect(try String(contentsOf: URL(filePath: kept), encoding: .utf8) == "")
  }

  @Test("log FILE writes down what is typed and shown")
  func log() throws {
    let file = home.path + "/log.txt"
    let shell = try PseudoTerminal.shell(home: home, columns: 120)
    try shell.enter("log \"\(file)\"", answer: "log: \(file) gets what is typed and shown; log --off ends it")
    try shell.enter("1 + 1", answer: "2")
    try shell.enter("nope", answer: "error[unknown-command]: there is no command 'nope'")
    try shell.enter("log --off", answer: "log: \(file) is complete")
    try shell.enter("3 + 3", answer: "6")
    #expect(shell.leave() == 0)
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    #expect(
      text.contains(
        "\nmittr sandbox> 1 + 1\n2\nmittr sandbox> nope\nerror[unknown-command]: there is no command 'nope'\n"))
    #expect(!text.contains("\u{1B}") && !text.contains("3 + 3"))
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("Without a home the shell starts as well")
  func noHome() throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["HOME": "", "XDG_STATE_HOME": ""])
    try shell.enter("1 + 1", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("copy has the terminal take the text where there is no desktop")
  func copy() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("\"abc\" | copy", answer: "copy: 1 item, 3 bytes")
    #expect(String(decoding: shell.received, as: UTF8.self).contains("\u{1B}]52;c;YWJj\u{7}"))
    #expect(shell.leave() == 0)
  }
}
