import Interpreter
import MittrSDK
import OrderedJSON
import ShellCommands
import Testing

@Suite("--explain")
struct ExplainTests {
  /// The records it yields.
  private static func plan(_ script: String, on api: ScriptedAPI = ScriptedAPI(events: 0)) async -> [JSONValue] {
    let run = await CommandRun(script, on: api)
    #expect(run.errors == "")
    #expect(run.status == 0)
    #expect(api.log == [])
    return run.lines.compactMap { try? JSONValue(parsing: $0) }
  }

  @Test(
    "the first request of each list is what is sent then",
    arguments: [
      ["events list"], ["events list --limit 7 --cursor 3"], ["events list", "first 3"], ["events list", "count"],
      ["events list --all", "count"], ["events list --all", "first 5"], ["events list --all --limit 4", "first 5"],
      ["events list --all", "first 250"], ["events list --all", "first 5", "first 2"],
      ["events list --all", "where .status == \"failed\"", "first 5"],
      ["events list --all", "where .status == \"failed\" and .id != \"evt_1\"", "first 5"],
      ["events list --all", "where .id != \"evt_1\"", "where .status == \"failed\"", "first 5"],
      ["events list --all --since 2h --event-type 'order.*'", "select id", "first 2"],
      ["events list --all", "sort-by .id", "first 2"], ["events list --all", "each { . }", "first 2"],
      ["(events list --all)", "first 2"], ["(events list --all | where .status == \"failed\")", "first 2"],
      ["events list --all", "first 0"], ["events list --all", "get id", "flatten", "first 1"],
      ["events list --all", "first 3", "replay"], ["events list --all", "replay", "first 3"],
      ["endpoints list --all", "first 2"], ["endpoints list --limit 3"],
      ["events watch --status failed --since 2h", "first 1"],
    ])
  func firstRequest(stages: [String]) async {
    let api = ScriptedAPI(events: 300)
    _ = await CommandRun(stages.joined(separator: " | "), on: api)
    for index in stages.indices where !stages[index].hasPrefix("where") && !stages[index].hasPrefix("(") {
      var explained = stages
      explained[index] += " --explain"
      let plan = await Self.plan(explained.joined(separator: " | "))
      #expect(plan.first?["path"]?.stringValue == api.log.first.map { "/api/v1" + $0.dropFirst("GET ".count) })
    }
  }

  @Test(
    "each kind of request is told once, in order",
    arguments: [
      ("events list | first 2 | events get", ["GET once", "GET once an event"]),
      ("events list | replay --concurrency 1", ["GET once", "POST once an event"]),
      (
        "events list --all | first 250 | replay",
        ["GET a page at a time, until 250 have come", "POST once an event, 8 at a time"]
      ),
      ("replay evt_1 evt_2", ["POST once", "POST once"]),
      ("events list | replay --dry-run", ["GET once"]),
      ("[1, 2] | first 1", []),
      ("events list --all | where .n > 1 | first 2", ["GET a page at a time, until 2 have passed"]),
      ("events get (events list | first 1 | get id | one)", ["GET once", "GET once"]),
      ("events list | where .id in (endpoints list | get id)", ["GET once", "GET for each item: once"]),
      ("events list | each { if .n == 1 { replay .id } }", ["GET once", "POST for each item: perhaps: once"]),
      ("def f() { for e in (events list) { replay $e.id } }; f", ["GET once", "POST for each item: once"]),
      ("def f() { f }; f", []),
      ("try { events get evt_1 } catch e { api GET /health }", ["GET once", "GET perhaps: once"]),
    ])
  func kinds(script: String, expected: [String]) async {
    // A statement is no pipeline: within one that is explained it is told as well.
    let isStatement = script.hasPrefix("try")
    let plan = await Self.plan(isStatement ? "[1] | each { \(script) } --explain" : "\(script) --explain")
    let told = plan.map { "\($0["method"]?.stringValue ?? "") \($0["times"]?.stringValue ?? "")" }
    #expect(told == expected.map { isStatement ? $0.replacing(" ", with: " for each item: ", maxReplacements: 1) : $0 })
  }

  @Test("no file is read, nothing is asked and nothing written; what is not known is …")
  func nothingHappens() async {
    let api = ScriptedAPI(events: 3)
    let run = await CommandRun(
      """
      events send order.created @missing.json --headers (api GET /x) --explain
      endpoints list | endpoints delete --explain
      endpoints create {url: "u", description: "of \\(api GET /x)"} --max-retries @missing --explain
      events list --since (api GET /x) --limit (api GET /y) --explain | get path
      """, on: api, answer: false)
    #expect(run.errors == "")
    #expect(run.questions == [])
    #expect(api.log == [])
    #expect(
      run.lines == [
        #"{"method":"GET","path":"/x","times":"once"}"#,
        #"{"method":"POST","path":"/api/v1/events","times":"once","body":{"eventType":"order.created","payload":"…"}}"#,
        #"{"method":"GET","path":"/api/v1/endpoints","times":"once"}"#,
        #"{"method":"DELETE","path":"/api/v1/endpoints/{id}","times":"once an endpoint, 8 at a time"}"#,
        #"{"method":"GET","path":"/x","times":"once"}"#,
        #"{"method":"POST","path":"/api/v1/endpoints","times":"once","body":{"url":"u","description":"of …","maxRetries":"…"}}"#,
        #"{"method":"GET","path":"/x","times":"once"}"#,
        #"{"method":"GET","path":"/y","times":"once"}"#,
        #"{"method":"GET","path":"/api/v1/events?since=…","times":"once"}"#,
      ])
  }

  @Test("every command that sends requests says which, and its help names the flag")
  func coverage() {
    let silent = ["sign", "verify", "listen", "deliveries", "journal show", "journal items"]
    for command in Command.platform where !silent.contains(command.name) {
      #expect(HelpPage.page(of: command).contains("--explain"), "\(command.name)")
    }
    #expect(!HelpPage.page(of: SignProbe.sign).contains("--explain"))
  }

  @Test("completion offers it where requests are sent, once")
  func completion() {
    func offers(_ text: String) -> Bool {
      Completer(CompletionContext(registry: .shell)).complete(text, at: text.utf8.count).candidates
        .contains { $0.text == "--explain" }
    }
    #expect(offers("events list | replay --"))
    #expect(offers("events list --all --ex"))
    #expect(!offers("events list --explain --"))
    #expect(!offers("events list | first --"))
  }

  @Test("what is wrong with a call is an error at its place")
  func badCall() async {
    let run = await CommandRun("replay --explain")
    #expect(run.errors.hasPrefix("error[missing-argument]: no id was given\n --> test.mittr:1:1\n"))
    #expect(run.status == 2)
  }

  @Test("it takes no value, and an unknown flag beside it is still found")
  func mistakes() async {
    let value = await CommandRun("events list --explain=1")
    #expect(value.errors.contains("error[unexpected-argument]: --explain takes no value"))
    #expect(value.status == 2)
    let flag = await CommandRun("events list --explain --statu x")
    #expect(flag.errors.contains("error[unknown-flag]"))
  }
}

private enum SignProbe {
  static let sign = Command.platform.first { $0.name == "sign" } ?? Command.platform[0]
}
