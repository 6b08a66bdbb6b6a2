import Basics
import Interpreter
import OrderedJSON
import TestSupport
import Testing

@Suite("Tables")
struct TableTests {
  private static let thing = ItemKind(
    "thing", columns: ["id", "state"], colors: ["state": ["good": .good, "bad": .bad, "half-way": .waiting]])
  private static let things = Command(
    "things", topic: .shell, "some things", input: .none, result: .stream, itemKind: thing,
    examples: [.init("things", "all"), .init("things | first 1", "one")]
  ) { _ throws(Interruption) in
    .stream(
      ItemStream(
        ["good", "bad", "half-way", "odd"].map {
          .object(["id": .string("1"), "state": .string($0), "more": .bool(true)])
        },
        kind: thing))
  }

  private func table(_ script: String, width: Int = 40, isColoured: Bool = false) async -> String {
    await ScriptRun(
      script, rendering: RenderingOptions(isTerminal: true, width: width, isColoured: isColoured), extra: [Self.things]
    ).output
  }

  @Test("Statuses are coloured by what they mean, also after select and with")
  func colours() async {
    let cells = "\u{1B}[32mgood\u{1B}[0m"
    #expect(
      await table("things", isColoured: true) == """
        \u{1B}[1m… 1 more field: set-output expanded\u{1B}[0m
        \u{1B}[1mid  state\u{1B}[0m
        1   \u{1B}[32mgood\u{1B}[0m
        1   \u{1B}[31mbad\u{1B}[0m
        1   \u{1B}[33mhalf-way\u{1B}[0m
        1   odd

        """)
    #expect(await table("things | first 1 | select state more", isColoured: true).contains(cells + "   true"))
    let added = await table("things | first 1 | select state | with {x: 1}", isColoured: true)
    #expect(added == "\u{1B}[1mstate  x\u{1B}[0m\n\(cells)   1\n")
    #expect(await table("things | one", isColoured: true) == "", "there are four")
    #expect(await table("things | first 1 | one", isColoured: true).contains(cells))
  }

  @Test("A nested record that does not fit its line stands below itself, lists by their indexes")
  func nested() async {
    let script =
      #"{id: 1, payload: {order: "ord_1", lines: [{sku: "a", note: "something longer"}, {sku: "b"}]}, last: null}"#
    #expect(
      await table(script) == """
        id       1
        payload  order  ord_1
                 lines  [0]  sku   a
                             note  something
                                   longer
                        [1]  {"sku":"b"}
        last     null

        """)
    #expect(await table(script, width: 200).split(separator: "\n").count == 3)
  }

  @Test("A text in a record is broken into lines that fit, ten at most")
  func longText() async {
    let text = String(repeating: "0123456789", count: 40)
    let lines = await table("{text: \"\(text)\", next: 1}", width: 16).split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines[0] == "text  0123456789" && lines[1] == "      0123456789" && lines[9] == "      012345678…")
    #expect(lines[10] == "next  1")
  }

  @Test("A value by itself is shown whole, on one line")
  func whole() async {
    let text = String(repeating: "0123456789", count: 500)
    #expect(await table("{a: \"\(text)\\n\\u001b[2J\"} | get .a") == text + #"\n\e[2J"# + "\n")
    #expect(await table("null") == "null\n")
    #expect(await table("[]") == "[]\n")
    #expect(await table("{}") == "{}\n")
    #expect(await table(#"["a", 1, null, [2, 3]]"#) == "a\n1\nnull\n[2,3]\n", "a list goes down the screen")
  }

  @Test("A table that is begun before all rows are known leaves room for longer ones")
  func early() async {
    let slow = Command(
      "slow", topic: .shell, "rows", input: .none, result: .stream,
      examples: [.init("slow", "all"), .init("slow | first 1", "one")]
    ) { call throws(Interruption) in
      var rows = ["failed", "delivered"][...]
      return .stream(
        ItemStream { () async throws(Interruption) -> JSONValue? in
          try call.session.flush()
          return rows.popFirst().map { .object(["status": .string($0), "n": 1]) }
        })
    }
    let run = await ScriptRun("slow", rendering: RenderingOptions(isTerminal: true, width: 40), extra: [slow])
    #expect(run.output == "status     n\nfailed     1\ndelivered  1\n")
  }

  @Test("Every line fits, whatever the window and the values", arguments: [1, 2, 3, 5, 10, 20, 80, 200])
  func fitting(width: Int) async {
    let wide = #"{"日本日本日本日本": "🚀🚀🚀🚀🚀🚀🚀", "é": "ééééééééééééééééééééééé", n: 12345678901234567890, id: "evt_1"}"#
    var scripts = ["[\(wide), \(wide)]", "[\(wide)] | where true"]
    // Between blocks a text is shown whole, as it is by itself.
    if width > 10 { scripts.append("[\(wide), \"日本日本日本\"] | where true") }
    for script in scripts {
      for line in await table(script, width: width).split(separator: "\n") where !line.isEmpty {
        #expect(DisplayWidth.width(String(line)) <= max(2, width), "\(width): \(line)")
      }
    }
  }

  @Test("A record of a hundred thousand keys is laid out in no time, and keys are masked and escaped like values")
  func keys() async {
    let record = JSONObject((0..<100_000).map { ("key\($0)", .number(JSONNumber($0))) })
    let many = Command(
      "many", topic: .shell, "many keys", input: .none, result: .stream,
      examples: [.init("many", "all"), .init("many | first 1", "one")]
    ) { _ throws(Interruption) in .stream(ItemStream([.object(record)])) }
    let run = await ScriptRun("many", rendering: RenderingOptions(isTerminal: true, width: 40), extra: [many])
    #expect(
      run.output
        == "… 993+ more fields: set-output expanded\nkey0  key1  key2  key3  key4  key5  key6\n   0     1     2     3     4     5     6\n"
    )
    #expect(await table(#"[{"mtr_secret1": 1, "a\u001b[2J": 2}]"#) == "mtr_…  a\\e[2J\n    1       2\n")
  }

  @Test("Characters on whose width terminals disagree do not put columns out of line")
  func aligned() async {
    #expect(
      await table(#"[{a: "👩‍👩‍👧", b: 1}, {a: "👍🏽", b: 2}, {a: "❤️", b: 3}, {a: "e\u0301", b: 4}, {a: "🇩🇪", b: 5}]"#)
        == "a       b\n👩👩👧  1\n👍      2\n❤       3\ne\u{301}       4\n🇩🇪      5\n")
  }
}
