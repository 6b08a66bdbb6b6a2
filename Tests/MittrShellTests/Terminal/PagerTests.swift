import TestSupport
import Testing

@Suite("The pager", .timeLimit(.minutes(2)))
struct PagerTests {
  private let home: TemporaryFolder
  /// Shows whatever goes through it.
  private static let marking = "sed 's/^/> /'"
  private static let first = "evt_000000000000000000000060"

  init() throws { home = try TemporaryFolder() }

  private func shell(pager: String, environment: [String: String] = [:]) throws -> PseudoTerminal {
    try PseudoTerminal.shell(home: home, environment: ["MITTR_PAGER": pager].merging(environment) { $1 })
  }

  @Test("gets a result that is taller than the screen, and no other")
  func tall() throws {
    let shell = try shell(pager: Self.marking)
    try shell.enter("events list --all | first 20 | get id", answer: Self.first)
    try shell.enter("events list --all | get id", answer: "> evt_000000000000000000000001")
    #expect(shell.screen.lines.contains("> evt_000000000000000000000002"))
    try shell.enter("help language", answer: "> Variables and paths")
    #expect(shell.leave() == 0)
  }

  @Test("takes over what was shown before there was too much, so that nothing stands there twice")
  func takingOver() throws {
    let shell = try shell(pager: Self.marking)
    try shell.enter(
      "for id in (events list --all | get id) { $id; events get $id | get status }", answer: "> \(Self.first)")
    #expect(!shell.screen.allLines.contains(Self.first))
    #expect(shell.screen.allLines.count { $0 == "> \(Self.first)" } == 1)
    #expect(shell.leave() == 0)
  }

  @Test("ends what runs, quietly, when it is left; the next statement runs")
  func left() throws {
    let shell = try shell(pager: "head -n 3")
    try shell.enter("events list --all | get id; print done", answer: "done")
    #expect(
      shell.screen.lines.suffix(5) == [
        Self.first, "evt_000000000000000000000059", "evt_000000000000000000000058", "done", "mittr sandbox>",
      ])
    #expect(!shell.screen.allLines.contains { $0.hasPrefix("error") || $0.hasPrefix("warning") })
    #expect(shell.leave() == 0)
  }

  @Test("ends what runs also while that yields nothing")
  func leftInSilence() throws {
    let shell = try shell(pager: "head -n 3")
    shell.type("for n in [1, 2] { events list --all | get id; sleep 1h }\r")
    try shell.wait(forLine: "evt_000000000000000000000058")
    try shell.waitForPrompt()
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("that cannot be run is said once, and everything is shown without it")
  func missing() throws {
    let shell = try shell(pager: "/nonexistent/pager")
    try shell.enter("events list --all | get id", answer: "evt_000000000000000000000001")
    #expect(shell.screen.allLines.contains(Self.first))
    try shell.enter("events list --all | get status", answer: "dead")
    #expect(shell.screen.allLines.count { $0.hasPrefix("mittr: the pager cannot be run") } == 1)
    #expect(shell.leave() == 0)
  }

  @Test("has no part in what waits, changes something, or shows a screen after a question")
  func live() throws {
    let shell = try shell(pager: Self.marking)
    try shell.enter("for id in (events list --all | get id) { $id; sleep 1ms }", answer: "evt_000000000000000000000001")
    try shell.enter(
      "for id in (events list --status failed | get id) { [$id, $id, $id, $id, $id]; replay $id | get ok }",
      answer: "true")
    shell.type("events list --status dead --all | replay | each { [., ., ., ., .] } | get .[0].ok\r")
    try shell.wait(for: "the question") { $0.currentLine == "replay 5 events on sandbox? [y/N]" }
    shell.type("y\r")
    try shell.wait(forLine: "replay: 5 done, 0 failed")
    try shell.waitForPrompt()
    #expect(!shell.screen.allLines.contains { $0.hasPrefix(">") })
    #expect(shell.leave() == 0)
  }

  @Test("has the keys, Ctrl-C included, until it ends; then the terminal is as before")
  func keys() throws {
    let script = home.write(
      """
      trap 'echo caught' INT
      cat >/dev/null
      stty -echo -icanon
      echo ready
      read answer </dev/tty
      echo "answer $answer"
      """, to: "pager.sh")
    let shell = try shell(pager: "sh \(script)")
    shell.type("events list --all; print done\r")
    try shell.wait(forLine: "ready")
    shell.type("\u{3}")
    try shell.wait(for: "the trap") { $0.allLines.contains { $0.hasSuffix("caught") } }
    shell.type("yes\r")
    try shell.wait(for: "the answer") { $0.allLines.contains { $0.hasPrefix("answer") } }
    try shell.wait(forLine: "done")
    try shell.waitForPrompt()
    try shell.enter("[1, 2] | count", answer: "2")
    #expect(shell.leave() == 0)
  }

  @Test("is told of no secret; messages that come while it runs go through it too")
  func secrets() throws {
    let shell = try shell(
      pager: "echo \"key [$MITTR_API_KEY] less [$LESS]\"; tail -n 4",
      environment: ["MITTR_BASE_URL": "", "MITTR_WEBHOOK_SECRET": "whsec_hidden"])
    try shell.enter("for n in [1, 2] { events list --all | get id; 1 / (2 - $n) }", answer: "key [] less [FRX]")
    #expect(shell.screen.lines.contains { $0.hasPrefix("error[division-by-zero]") })
    #expect(shell.leave() == 0)
  }

  @Test(
    "is none where PAGER says so and where the terminal cannot move its cursor",
    arguments: [["PAGER": "cat"], ["PAGER": marking, "TERM": "dumb"], ["PAGER": marking, "TERM": ""]])
  func none(environment: [String: String]) throws {
    let shell = try PseudoTerminal.shell(home: home, environment: environment)
    try shell.enter("events list --all | get id", answer: "evt_000000000000000000000001")
    #expect(shell.screen.allLines.contains(Self.first))
    #expect(shell.leave() == 0)
  }

  @Test("is none in scripts")
  func script() throws {
    let terminal = try PseudoTerminal(
      [BuiltProgram.path("mittr"), "--sandbox", "-c", "events list --all | get id"],
      environment: ["HOME": home.path, "MITTR_PAGER": Self.marking])
    try terminal.wait(forLine: "evt_000000000000000000000001")
    #expect(terminal.exitStatus() == 0)
    #expect(terminal.screen.allLines.contains(Self.first))
  }
}
