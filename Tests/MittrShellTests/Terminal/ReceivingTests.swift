import TestSupport
import Testing

@Suite("Deliveries and signatures in a terminal", .timeLimit(.minutes(2)))
struct ReceivingTests {
  private static let digest = "v1=99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029"
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  @Test("the whole loop: a delivery is told of above the line being typed, which stays")
  func loop() throws {
    let shell = try PseudoTerminal.shell(home: home)
    try shell.enter("let r = listen 0; print ok", answer: "ok")
    try shell.enter(
      #"let e = endpoints create --url "\($r.url)/hook" --event-types order.*; print made"#, answer: "made")
    try shell.enter("events send order.created {a: 1} | get .status", answer: "pending")
    try shell.wait(for: "the notice") { $0.allLines.contains { $0.hasPrefix("delivery 1: POST /hook evt_") } }
    try shell.wait(for: "the prompt below it") { $0.currentLine == "mittr sandbox>" }
    // The next one comes while a line is being typed.
    let port = try port(shell)
    shell.type("[1, 2, 3] | cou")
    try shell.wait(for: "what was typed") { $0.beforeCursor.hasSuffix("| cou") }
    try LoopbackRequest.post(port: port, path: "/x%1B[31m", body: "{\"type\":\"\\u001b[2Jorder\"}")
    try shell.wait(for: "the second notice") { screen in
      screen.allLines.contains { $0.hasPrefix("delivery 2: POST /x%1B[31m \\e[2Jorder, not valid") }
    }
    try shell.wait(for: "the line below it") { $0.currentLine == "mittr sandbox> [1, 2, 3] | cou" }
    shell.type("nt\r")
    try shell.wait(forLine: "3")
    try shell.waitForPrompt()
    try shell.enter("$deliveries[-1].status", answer: "401")
    try shell.enter("$deliveries[0] | verify | get .reason", answer: "ok")
    #expect(shell.leave() == 0)
    #expect(shell.screen.unknown.isEmpty)
  }

  private func port(_ shell: PseudoTerminal) throws -> Int {
    try shell.enter("print \"port \\($r.port).\"; print read", answer: "read")
    let line = try #require(shell.screen.allLines.last { $0.hasPrefix("port ") })
    return try #require(Int(line.dropFirst("port ".count).dropLast()))
  }

  @Test("verify asks for what is missing: headers, body, and the secret, which is not shown")
  func asking() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("verify --now 1706123456\r")
    try shell.wait(forLine: "Paste the headers; an empty line ends them:")
    shell.type("POST /hook HTTP/1.1\rX-Mittr-Timestamp: 1706123456\rX-Mittr-Signature: \(Self.digest)\r\r")
    try shell.wait(for: "the next question") {
      $0.allLines.contains { $0.hasPrefix("Paste the body; Ctrl-D, or a line") }
    }
    shell.type("{\"orderId\":\"ord_123\",\"amount\":99\u{7F}900}\r.\r")
    try shell.wait(for: "the last question") { $0.currentLine.hasPrefix("The endpoint's secret (it is not shown):") }
    shell.type("whsec_test\r")
    try shell.wait(for: "the report") { $0.allLines.contains { $0 == "verdict   accepted: ok" } }
    try shell.waitForPrompt()
    #expect(!shell.screen.allLines.contains { $0.contains("whsec_test") })
    // Another body, ended by Ctrl-D.
    shell.type(
      "verify --now 1706123456 --headers \"X-Mittr-Timestamp: 1706123456\\nX-Mittr-Signature: \(Self.digest)\"\r")
    try shell.wait(for: "the question") {
      $0.allLines.filter { $0.hasPrefix("Paste the body") }.count == 2
    }
    shell.type("{\"orderId\":\"ord_123\",\"amount\":990\u{7F}1}\u{4}")
    try shell.wait(for: "the question") { $0.currentLine.hasPrefix("The endpoint's secret") }
    shell.type("whsec_testx\u{7F}\r")
    try shell.wait(for: "the report") { $0.allLines.contains { $0.hasPrefix("verdict   refused: mismatch") } }
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
  }

  @Test("a secret stays hidden when the job was stopped at its question, and no pager takes what follows the answers")
  func stoppedAtQuestion() throws {
    let terminal = try PseudoTerminal(
      ["/bin/sh", "-i"], prompt: "mittr sandbox>",
      environment: ["PS1": "sh> ", "HOME": home.path, "XDG_STATE_HOME": home.path + "/state"], rows: 6)
    try terminal.wait(for: "the shell's prompt") { $0.currentLine == "sh>" }
    terminal.type("'\(try BuiltProgram.path("mittr"))'\r")
    try terminal.waitForPrompt()
    terminal.type("verify --signature \(Self.digest) --timestamp 1706123456 --now 1706123456 --body x\r")
    try terminal.wait(for: "the question") { $0.currentLine.hasPrefix("The endpoint's secret") }
    terminal.type("\u{1A}")
    try terminal.wait(for: "the shell's prompt again") { $0.currentLine == "sh>" }
    terminal.type("stty echo icanon; fg\r")
    try terminal.wait(for: "the question again") { $0.currentLine.hasPrefix("The endpoint's secret") }
    terminal.type("whsec_unseen\r")
    try terminal.wait(for: "the report") { $0.allLines.contains { $0.hasPrefix("verdict   refused: mismatch") } }
    try terminal.waitForPrompt()
    #expect(!terminal.screen.allLines.contains { $0.contains("unseen") })
    terminal.type("\u{4}")
    try terminal.wait(for: "the shell's prompt at last") { $0.currentLine == "sh>" }
  }

  @Test("Ctrl-C at a question leaves a terminal that shows what is typed")
  func interrupted() throws {
    let shell = try PseudoTerminal.shell(home: home)
    shell.type("verify --body x --signature v1=0\r")
    try shell.wait(for: "the question") { $0.currentLine.hasPrefix("The endpoint's secret") }
    shell.type("hid\u{3}")
    try shell.waitForPrompt()
    #expect(!shell.screen.allLines.contains { $0.contains("hid") })
    try shell.enter("[1, 2, 3] | count", answer: "3")
    #expect(shell.leave() == 0)
    let other = try PseudoTerminal([BuiltProgram.path("mittr"), "-c", "verify --body x --signature v1=0"])
    try other.wait(for: "the question") { $0.currentLine.hasPrefix("The endpoint's secret") }
    other.type("\u{3}")
    #expect(other.exitStatus() == 130)
  }
}
