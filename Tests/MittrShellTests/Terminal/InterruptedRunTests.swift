import MittrSandbox
import TestSupport
import Testing

@Suite("Bulk runs interrupted at the prompt", .timeLimit(.minutes(2)))
struct InterruptedRunTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func withShell(latency: Duration, _ body: (PseudoTerminal) throws -> Void) async throws {
    var configuration = SandboxConfiguration()
    configuration.seed = .count(200)
    configuration.delivers = false
    configuration.latency = latency
    let sandbox = try await Sandbox.start(configuration)
    let shell = try PseudoTerminal.shell(
      home: home, environment: ["MITTR_BASE_URL": sandbox.baseURL, "MITTR_API_KEY": sandbox.apiKey],
      place: String(sandbox.baseURL.dropFirst("http://".count)))
    do { try body(shell) } catch {
      await sandbox.stop()
      throw error
    }
    await sandbox.stop()
  }

  private let run = "events list --status delivered --all | replay --yes --concurrency 2 --journal '%/j' | get ok\r"

  @Test("the first Ctrl-C lets what is under way end, the shell stays, and the journal goes on")
  func stopped() async throws {
    try await withShell(latency: .milliseconds(100)) { shell in
      shell.type(run.replacing("%", with: home.path))
      try shell.wait(forLine: "true")
      shell.type("\u{3}")
      try shell.wait(for: "the summary") { screen in
        // An item whose line in the journal is not on disk yet when the key comes is not sent.
        screen.allLines.contains {
          $0.hasPrefix("replay: ") && $0.contains(" done, 0 failed") && $0.contains("; the same command")
        }
      }
      try shell.waitForPrompt()
      try shell.enter("journal show '\(home.path)/j' | get open", answer: "0")
      try shell.enter("[1, 2] | count", answer: "2")
      #expect(shell.leave() == 0)
    }
  }

  @Test("the second Ctrl-C gives up what is under way, and the shell stays")
  func aborted() async throws {
    let server = try RawServer(.silence)
    let shell = try PseudoTerminal.shell(
      home: home, environment: ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_key"],
      place: "127.0.0.1:\(server.port)")
    shell.type("[\"evt_1\"] | replay --yes --journal '\(home.path)/j'\r")
    try server.waitForRequest()
    shell.type("\u{3}")
    try shell.wait(for: "the notice") { screen in
      screen.allLines.contains { $0.contains("waiting for 1 request under way, Ctrl-C again gives up") }
    }
    shell.type("\u{3}")
    try shell.wait(for: "the summary") { screen in
      screen.allLines.contains { $0.hasPrefix("replay: 0 done, 0 failed, 1 unknown; unknown: evt_1") }
    }
    try shell.waitForPrompt()
    try shell.enter("journal show '\(home.path)/j' | get open", answer: "1")
    #expect(shell.leave() == 0)
  }
}
