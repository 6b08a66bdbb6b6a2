import Interpreter
import MittrSDK
import MittrSandbox
import OrderedJSON
import ShellCommands
import Testing

@Suite("browse")
struct BrowseTests {
  private static let delivery = """
    {number: 1, path: "/hook", headers: {"X-Mittr-Timestamp": "1706123456", "X-Mittr-Signature": "v1=00"}, body: "{}"}
    """

  private func run(_ script: String, _ browser: ScriptedBrowser, on transport: any Transport = ScriptedAPI(events: 0))
    async -> CommandRun
  {
    await CommandRun(script, on: transport, environment: ["MITTR_WEBHOOK_SECRET": "whsec_test"], browser: browser)
  }

  @Test("Without a terminal it is an error that names other ways")
  func noTerminal() async {
    let run = await CommandRun("[1] | browse")
    #expect(run.status == 1)
    #expect(run.errors.contains("error[no-terminal]: browse needs a terminal"))
    #expect(run.errors.contains("'deliveries'"))
  }

  @Test("gets the items of a stream, of a list and of one value")
  func items() async {
    for (script, items) in [
      ("[1, 2] | where . > 1 | browse", [2]), ("[1, 2] | browse", [1, 2]), ("{a: 1} | browse", [["a": 1]]),
      ("[] | browse", []),
    ] as [(String, [JSONValue])] {
      let browser = ScriptedBrowser()
      let run = await run(script, browser)
      #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
      #expect(browser.items == items)
    }
  }

  @Test("What its source fails with is its own failure")
  func failing() async {
    let run = await run("[1, 0] | each { 1 / . } | browse", ScriptedBrowser())
    #expect(run.errors.contains("error[division-by-zero]"))
  }

  @Test("replays an event without asking, and says what came of it; nothing is printed")
  func replaying() async throws {
    try await Sandbox.with(.demo) { sandbox in
      let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      let browser = ScriptedBrowser(keys: "r")
      let run = await CommandRun(
        "events list --status failed | first 1 | browse", client, now: 1_767_225_600, browser: browser)
      await client.shutdown()
      #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
      let id = try #require(browser.items.last?["id"]?.stringValue)
      #expect(browser.outcomes == [.line("replay: \(id) done, status pending")])
    }
  }

  @Test("A replay that fails says why")
  func failedReplay() async {
    let api = ScriptedAPI { _ in
      TransportResponse(status: 404, body: Array(#"{"code": "NOT_FOUND", "error": "no such event"}"#.utf8))
    }
    let browser = ScriptedBrowser(keys: "r")
    let run = await run("{id: \"evt_1\"} | browse", browser, on: api)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    guard case .line(let text)? = browser.outcomes.first else {
      Issue.record("\(browser.outcomes)")
      return
    }
    #expect(text.hasPrefix("replay: evt_1 failed: ") && text.contains("no such event"), "\(text)")
  }

  @Test("verifies a delivery, and shows the report")
  func verifying() async {
    let browser = ScriptedBrowser(keys: "v")
    let run = await run("\(Self.delivery) | browse", browser)
    #expect(run.status == 0, "\(run.errors)")
    guard case .details(let report)? = browser.outcomes.first else {
      Issue.record("\(browser.outcomes)")
      return
    }
    #expect(report["verdict"]?.stringValue?.hasPrefix("refused") == true, "\(report)")
  }

  @Test("offers what fits the item, as far as there is a command for it")
  func fitting() async {
    let delivers = CommandRegistry.shell["deliver"] != nil
    for (item, keys) in [
      ("{id: \"evt_1\", payload: {}}", delivers ? "re" : "r"), (Self.delivery, delivers ? "rve" : "v"),
      ("{id: \"ep_1\", url: \"https://a.test\"}", ""), ("{a: 1}", ""), ("\"evt_1\"", ""), ("3", ""),
    ] {
      let browser = ScriptedBrowser()
      let run = await run("\(item) | browse", browser)
      #expect(run.status == 0, "\(run.errors)")
      #expect(String(browser.fitting.map { $0.key }) == keys, "\(item)")
    }
  }

  @Test("An action that stops short says what is wrong")
  func stoppedShort() async {
    let browser = ScriptedBrowser(keys: "v")
    _ = await CommandRun("\(Self.delivery) | browse", browser: browser)
    guard case .line(let text)? = browser.outcomes.first else {
      Issue.record("\(browser.outcomes)")
      return
    }
    #expect(text.hasPrefix("verify: ") && text.contains("secret"), "\(text)")
  }
}
