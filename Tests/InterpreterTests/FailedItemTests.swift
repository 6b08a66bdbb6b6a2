import Interpreter
import Testing

@Suite("Errors about an item")
struct FailedItemTests {
  private static let items = #"[{id: "evt_1", n: 1}, {id: "evt_2", n: "x"}]"#

  @Test(
    "say on standard error which item it is",
    arguments: [
      "where .n > 0", "each { .n * 2 }", "sort-by (.n + 1)", "with {m: .n * 2}", "any (.n > 5)", "group-by (.n * 2)",
    ])
  func named(stage: String) async {
    let run = await ScriptRun("\(Self.items) | \(stage)")
    #expect(run.errors.contains("  in item 2 (evt_2): {\"id\":\"evt_2\",\"n\":\"x\"}\n"), "\(run.errors)")
    #expect(run.status == 1)
  }

  @Test("of paths say it too", arguments: ["get .n.a", "select n.a"])
  func paths(stage: String) async {
    let run = await ScriptRun("\(Self.items) | \(stage)")
    #expect(run.errors.contains("  in item 1 (evt_1): {\"id\":\"evt_1\",\"n\":1}\n"), "\(run.errors)")
  }

  @Test("cut a long item and escape what a terminal must not get")
  func hostile() async {
    let long = String(repeating: "y", count: 5000)
    let run = await ScriptRun(#"[{id: "a\u001b[2J", n: "\#(long)"}] | where .n > 0"#)
    #expect(run.errors.contains(#"  in item 1 (a\e[2J): {"id":"a\u001b[2J","n":"yy"#), "\(run.errors.prefix(500))")
    #expect(run.errors.utf8.count < 1000)
    let json = await ScriptRun(#"[{id: "a", n: "\#(long)"}] | where .n > 0"#) { $0.options.reportsJSON = true }
    #expect(json.errors.contains(#""item":{"number":1,"id":"a"}"#) && json.errors.utf8.count < 1000)
  }

  @Test("do not say twice what the message says already")
  func once() async {
    let run = await ScriptRun("\(Self.items) | sum .n")
    #expect(run.errors.contains(", in item 2 (evt_2)") && !run.errors.contains("  in item 2"))
    #expect(await ScriptRun("try { \(Self.items) | sum .n } catch e { $e.item.id }").output == "evt_2\n")
  }
}

@Suite("What a person is told of commands that yield nothing")
struct ToldOutcomeTests {
  @Test("save says what it wrote where a person reads the errors, and nothing elsewhere")
  func save() async {
    let script = #"[{a: 1}, {a: 2}] | save x.csv; {a: 1} | save y.jsonl --append"#
    let told = await ScriptRun(script) { $0.options.tellsOutcomes = true }
    #expect(
      told.errors == "save: 2 items, 9 bytes, written to x.csv\nsave: 1 item, 8 bytes, added to y.jsonl\n")
    #expect(await ScriptRun(script).errors == "")
  }
}

@Suite("watch")
struct WatchTests {
  /// Keeps what was drawn.
  private final class View: LiveView {
    var frames: [LiveFrame] = []
    func show(_ frame: LiveFrame) { frames.append(frame) }
  }

  @Test("draws each result in place where a terminal allows it, and ends when it is interrupted")
  func drawn() async {
    let view = View()
    struct Interrupted: Error {}
    let rounds = Counter()
    let clock = SessionClock(sleep: { _ in if rounds.next() == 3 { throw Interrupted() } })
    let run = await ScriptRun(
      "let n = 0; watch 2s { set n = $n + 1; {n: $n, id: \"a\"} }",
      rendering: RenderingOptions(isTerminal: true, isColoured: true), clock: clock
    ) { ($0.host as? StreamHost)?.makeLiveView = { view } }
    #expect(run.status == 130)
    #expect(run.output == "")
    #expect(view.frames.map { $0.plain } == [["n   1", "id  a"], ["n   2", "id  a"], ["n   3", "id  a"]])
    #expect(view.frames.first?.coloured.first == "\u{1B}[1mn\u{1B}[0m   1")
  }

  private final class Counter: @unchecked Sendable {
    private var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }

  @Test("prints each result once a round elsewhere, and waits between two by the session's clock")
  func printed() async {
    let run = await ScriptRun(
      "let n = 0; watch 1h --times 3 { set n = $n + 1; $n }", clock: SessionClock(sleep: { _ in }))
    #expect(run.output == "1\n2\n3\n" && run.status == 0)
  }

  @Test("ends with the failure of its statements")
  func failing() async {
    let run = await ScriptRun("watch 1s { 1 / 0 }", clock: SessionClock(sleep: { _ in }))
    #expect(run.errors.contains("error[division-by-zero]") && run.status == 1)
  }
}
