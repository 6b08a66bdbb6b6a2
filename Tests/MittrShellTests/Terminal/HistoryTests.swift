import Basics
import TestSupport
import Testing

@Suite("The shell's history", .timeLimit(.minutes(2)))
struct HistoryTests {
  private static let up = "\u{1B}[A"
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  @Test("yesterday's line is found with Up and with Ctrl-R")
  func acrossRuns() throws {
    let first = try PseudoTerminal.shell(home: home)
    try first.enter("[1, 2] | count", answer: "2")
    try first.enter("[1, 2, 3] | first 2 | count", answer: "2")
    #expect(first.leave() == 0)
    let second = try PseudoTerminal.shell(home: home)
    second.type(Self.up)
    try second.wait(for: "the last line") { $0.currentLine == "mittr sandbox> [1, 2, 3] | first 2 | count" }
    second.type(Self.up)
    try second.wait(for: "the line before") { $0.currentLine == "mittr sandbox> [1, 2] | count" }
    second.type("\u{3}")
    try second.waitForPrompt()
    second.type("\u{12}first")
    try second.wait(for: "the line found") { $0.lines.contains("mittr sandbox> [1, 2, 3] | first 2 | count") }
    try second.enter("", answer: "2")
    #expect(second.leave() == 0)
  }

  @Test("history lists the lines, and history clear forgets them, on disk too")
  func command() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("[1, 2] | count", answer: "2")
    try shell.enter("history | first 1", answer: "[1, 2] | count")
    try shell.enter("history clear; history | count", answer: "0")
    #expect(TemporaryFolder.read(home.path + "/state/mittr/history") == "")
    try shell.enter("history", answer: "history")
    #expect(shell.leave() == 0)
  }

  @Test("history edit runs what the editor saved, and recalls it")
  func edit() throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["EDITOR": "sed -i s/1,/7,/"])
    try shell.enter("[1, 2] | sum", answer: "3")
    try shell.enter("history edit", answer: "9")
    #expect(shell.screen.lines.contains("[7, 2] | sum"))
    shell.type(Self.up)
    try shell.wait(for: "what was edited") { $0.currentLine == "mittr sandbox> [7, 2] | sum" }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
    #expect(TemporaryFolder.read(home.path + "/state/mittr/history").hasSuffix("\"[7, 2] | sum\"\n"))
  }

  @Test("the editor is told of no secret")
  func editorSecrets() throws {
    let seen = home.path + "/seen"
    let shell = try PseudoTerminal.shell(
      home: home,
      environment: [
        "EDITOR": "env >'\(seen)'; true", "MITTR_PAGER": "cat", "MITTR_WEBHOOK_SECRET": "whsec_hidden",
        "GITHUB_TOKEN": "hidden", "LESS_API_KEY": "hidden", "AWS_PROFILE": "x", "LC_TIME": "C", "LESSOPEN": "",
      ])
    try shell.enter("print (1 + 1)", answer: "2")
    try shell.enter("history edit; print done", answer: "done")
    #expect(shell.leave() == 0)
    let variables = TemporaryFolder.read(seen).split(separator: "\n")
    #expect(variables.contains("TERM=xterm-256color") && variables.contains("LC_TIME=C"))
    for name in ["MITTR_", "GITHUB_", "LESS_API", "AWS_"] { #expect(!variables.contains { $0.hasPrefix(name) }) }
  }

  @Test("history edit runs nothing when the editor fails or saves nothing")
  func editorFails() throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["EDITOR": "sh -c 'exit 3' sh"])
    try shell.enter("print (1 + 1)", answer: "2")
    try shell.enter(
      "history edit",
      answer: "error[editor-failed]: the editor sh -c 'exit 3' sh ended with status 3, so")
    #expect(shell.screen.lines.count { $0 == "2" } == 1)
    #expect(shell.leave() == 0)
    let other = try PseudoTerminal.shell(home: home, environment: ["VISUAL": "truncate -s 0", "EDITOR": "false"])
    try other.enter("history edit; print done", answer: "done")
    #expect(!other.screen.lines.contains("2"))
    #expect(other.leave() == 0)
  }

  @Test("Ctrl-X Ctrl-E changes the line being typed in the editor, and one that fails leaves it as it was")
  func editLine() throws {
    let editKey = "\u{18}\u{5}"
    let shell = try PseudoTerminal.shell(home: home, environment: ["EDITOR": "sed -i s/1,/7,/"])
    shell.type("[1, 2] | sum")
    try shell.wait(for: "what was typed") { $0.beforeCursor.hasSuffix("| sum") }
    shell.type(editKey)
    try shell.wait(for: "the changed line") { $0.currentLine == "mittr sandbox> [7, 2] | sum" }
    try shell.enter("", answer: "9")
    #expect(shell.leave() == 0)
    let other = try PseudoTerminal.shell(home: home, environment: ["EDITOR": "false"])
    other.type("[1, 2] | sum")
    try other.wait(for: "what was typed") { $0.beforeCursor.hasSuffix("| sum") }
    other.type(editKey)
    try other.wait(forLine: "mittr: the editor false ended with status 1, so nothing is done")
    try other.wait(for: "the line") { $0.currentLine == "mittr sandbox> [1, 2] | sum" }
    try other.enter("", answer: "3")
    #expect(other.leave() == 0)
  }

  @Test("what the session knows to be secret is never in the file, wherever it came from")
  func knownSecrets() throws {
    mkdir(home.path + "/.config", 0o700)
    mkdir(home.path + "/.config/mittr", 0o700)
    _ = home.write("[profiles.other]\napi_key = \"profile-key\"\n", to: ".config/mittr/config.toml")
    let shell = try PseudoTerminal.shell(
      ["--sandbox"], home: home,
      environment: [
        "MITTR_API_KEY": "key-of-mine", "DEPLOY_TOKEN": "token-of-mine", "MITTR_WEBHOOK_SECRET": "hook-of-mine",
      ])
    for (line, answer) in [
      (#""kept" | count"#, "1"), (#"["key-of-mine"] | count"#, "1"), (#"["xtoken-of-minex"] | count"#, "1"),
      (#"["hook-of-mine", 1] | count"#, "2"), (#"["profile-key", 1] | count"#, "2"),
      (#"let secret = "own" + "-value"; print ok"#, "ok"), (#"["own-value", 1, 2] | count"#, "3"),
      (#"let e = '{"secret": "of-record"}' | from json; print ok"#, "ok"),
      (#"["of-record", 1, 2] | count"#, "3"), (#"print "a \($e.secret) b""#, "a … b"),
      (#"sign --body x --secret flag-value --timestamp 1 | count"#, "1"), (#"["flag-value", 1, 2] | count"#, "3"),
    ] { try shell.enter(line, answer: answer) }
    #expect(shell.leave() == 0)
    let kept = TemporaryFolder.read(home.path + "/state/mittr/history")
    #expect(kept == #""\"kept\" | count""# + "\n" + #""print \"a \\($e.secret) b\"""# + "\n")
  }

  @Test("only its owner can read the file, and a line with a secret or a space before it is not in it")
  func secrecy() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("\"kept\" | count", answer: "1")
    try shell.enter("sign --body x --secret hidden1 --timestamp 1 | count", answer: "1")
    try shell.enter("[\"mtr_hidden2\", \"whsec_hidden3\"] | count", answer: "2")
    shell.type(Self.up)
    try shell.wait(for: "the line with secrets") { $0.currentLine.contains("whsec_hidden3") }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    try shell.enter(" [\"hidden4\", 2, 3] | count", answer: "3")
    #expect(shell.leave() == 0)
    let file = home.path + "/state/mittr/history"
    #expect(TemporaryFolder.mode(of: file) == 0o600)
    #expect(TemporaryFolder.read(file) == #""\"kept\" | count""# + "\n")
  }
}
