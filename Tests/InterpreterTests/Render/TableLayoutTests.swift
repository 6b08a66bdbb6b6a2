import Basics
import Interpreter
import OrderedJSON
import Testing

@Suite("What a table shows whole")
struct TableLayoutTests {
  private static let thing = ItemKind(
    "thing", columns: ["id", "url", "state", "size"], notes: [.ofAny("error"), .ofAll("lastError")],
    words: ["state": ["on", "switched-off"]])

  private func command(_ items: [JSONValue], isSlow: Bool = false) -> Command {
    Command(
      "things", topic: .shell, "some things", input: .none, result: .stream, itemKind: Self.thing,
      examples: [.init("things", "all"), .init("things | first 1", "one")]
    ) { call throws(Interruption) in
      var rest = items[...]
      return .stream(
        ItemStream(kind: Self.thing) { () async throws(Interruption) -> JSONValue? in
          if isSlow { try call.session.flush() }
          return rest.popFirst()
        })
    }
  }

  private func shown(
    _ items: [JSONValue] = [], _ script: String = "things", width: Int = 60, isSlow: Bool = false,
    mode: RenderingOptions.Mode = .auto
  ) async -> String {
    await ScriptRun(
      script, rendering: RenderingOptions(mode: mode, isTerminal: true, width: width),
      extra: [command(items, isSlow: isSlow)]
    ).output
  }

  private static let id = "evt_0123456789012345"

  @Test("A URL is cut at its front, since its end tells it from others")
  func urls() async {
    let item: JSONValue = [
      "id": .string(Self.id), "url": "https://hooks.example.com/tenants/1/orders", "state": "on", "size": 12,
    ]
    let lines = await shown([item], width: 56).split(separator: "\n").map(String.init)
    #expect(lines.last?.hasPrefix("\(Self.id)  …") == true && lines.last?.contains("m/tenants/1/orders  on") == true)
    #expect(lines.map { DisplayWidth.width($0) } == [56, 56], "what room there is is used: \(lines)")
  }

  @Test("A note has a column where there is room for it, and else stands whole below its record")
  func notes() async {
    let reason = "the receiver at the other end answered 503 and closed the connection in the middle of it"
    let items: [JSONValue] = [
      ["id": .string(Self.id), "state": "on", "error": ["code": "BUSY", "message": .string(reason), "status": 503]],
      ["id": .string(Self.id), "state": "on", "error": nil],
    ]
    #expect(
      await shown(items) == """
        id                    state
        evt_0123456789012345  on
          error  BUSY: the receiver at the other end answered 503
                 and closed the connection in the middle of it
        evt_0123456789012345  on

        """)
    let wide = await shown(items, width: 200)
    #expect(wide.hasPrefix("id                    state  error\n\(Self.id)  on     BUSY: \(reason)\n"))
  }

  @Test("An error is told below its record where none of the rows that decided on the columns had one")
  func lateNotes() async {
    let items: [JSONValue] = [["id": "a", "state": "on"], ["id": "b", "state": "off", "error": "gone"]]
    #expect(await shown(items, isSlow: true) == "id  state\na   on\nb   off\n  error  gone\n")
  }

  @Test("The last column gets the room behind it, where longer texts may follow")
  func lastColumn() async {
    let items: [JSONValue] = [["id": "a", "state": "on"], ["id": "b", "state": "switched off for a long time"]]
    #expect(await shown(items, isSlow: true) == "id  state\na   on\nb   switched off for a long time\n")
  }

  @Test("What says why all of them failed is shown, and not among others")
  func notesOfAll() async {
    func item(_ error: JSONValue) -> JSONValue { ["id": "a", "state": "on", "lastError": error] }
    #expect(await shown([item("gone"), item("lost")]) == "id  state  lastError\na   on     gone\na   on     lost\n")
    #expect(
      await shown([item("gone"), item(nil)]) == "id  state  … 1 more field: set-output expanded\na   on\na   on\n")
  }

  @Test("The columns that select names are all there and whole, or else each record is a block")
  func selected() async {
    let list = #"[{id: 1, note: "aaaaaaaaaaaaaaaaaaaaaaaa", b: {c: "x"}}, {id: 2, note: null, b: null}]"#
    #expect(
      await shown([], "\(list) | select id note b.c", width: 40) == """
        id  note                      b.c
         1  aaaaaaaaaaaaaaaaaaaaaaaa  x
         2  null                      null

        """)
    #expect(
      await shown([], "\(list) | select id note b.c", width: 30) == """
        id    1
        note  aaaaaaaaaaaaaaaaaaaaaaaa
        b.c   x

        id    2
        note  null
        b.c   null

        """)
    #expect(
      await shown([], "\(list) | select note | with {added: 1}", width: 40).hasPrefix("note                      added")
    )
  }

  @Test("An id is never cut: where it leaves no room for anything else each record is a block", arguments: [20, 25])
  func narrow(width: Int) async {
    let item: JSONValue = ["id": .string(Self.id), "url": "https://example.com/a/b/c/d", "state": "on"]
    let output = await shown([item, item], width: width)
    let text = output.filter { $0 != "\n" && $0 != " " }
    #expect(text.contains(Self.id) && text.contains("https://example.com/a/b/c/d"))
    for line in output.split(separator: "\n") { #expect(DisplayWidth.width(String(line)) <= width) }
  }

  @Test("The header says how many fields are not shown and how to see them, as far as there is room")
  func hidden() async {
    let item: JSONValue = ["id": "a", "state": "on", "size": 1, "x": 1, "y": 2]
    #expect(await shown([item]).hasPrefix("id  state  size  … 2 more fields: set-output expanded\n"))
    #expect(await shown([item], width: 40).hasPrefix("… 2 more fields: set-output expanded\nid  state  size\n"))
    #expect(await shown([item], width: 27).hasPrefix("id  state  size  … 2 more\n"))
    #expect(await shown([item], width: 20).hasPrefix("id  state  size  …2\n"))
    #expect(await shown([item], mode: .expanded) == "id     a\nstate  on\nsize   1\nx      1\ny      2\n")
  }

  @Test("Rows that are wider than those that decided break nothing: what must be whole stands below them")
  func later() async {
    let items: [JSONValue] = [
      ["id": "a", "state": "on", "size": 1], ["id": "longer-id", "state": "switched-off", "size": 1_234_567],
    ]
    #expect(
      await shown(items, isSlow: true) == """
        id  state               size
        a   on                     1
        l…  switched-off        123…
          id  longer-id
          size  1234567

        """)
  }

  @Test("Records that are no table's go one a block, texts and lists between them on lines of their own")
  func expanded() async {
    #expect(
      await shown([], #"[{a: 1, b: {c: [1]}}, "x", {a: 2}] | where true"#, mode: .expanded)
        == "a  1\nb  {\"c\":[1]}\nx\n\na  2\n")
    #expect(await shown([], "[] | where true", mode: .expanded) == "no items\n")
    #expect(await shown([], "[{a: 1}, {a: 2}]", mode: .expanded) == "a  1\n\na  2\n")
    #expect(await ScriptRun("[{a: 1}] | where true", rendering: .init(mode: .expanded)).output == "a  1\n")
  }

  @Test("Wide characters keep their columns in 80, 40 and 20 columns", arguments: [80, 40, 20])
  func wideCharacters(width: Int) async {
    let rows = #"[{id: "東京", text: "日本日本日本日本日本日本日本", n: 1}, {id: "x", text: "🚀", n: 22}] | where true"#
    let lines = await shown([], rows, width: width).split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { DisplayWidth.width($0) <= width })
    if width > 20 {
      #expect(Set(lines.map { DisplayWidth.width($0) }).count == 1, "the numbers end in one column: \(lines)")
    }
  }
}

@Suite("Colours of JSON")
struct JSONColorTests {
  private func shown(_ script: String, isColoured: Bool = true, mode: RenderingOptions.Mode) async -> String {
    await ScriptRun(
      script, rendering: RenderingOptions(mode: mode, isTerminal: true, width: 80, isColoured: isColoured)
    ).output
  }

  private func painted(_ code: String, _ text: String) -> String { "\u{1B}[\(code)m\(text)\u{1B}[0m" }

  @Test("Keys, strings, numbers and words have one each, in every JSON that a terminal gets")
  func kinds() async {
    let line =
      "{" + painted("1;34", "\"a:\\\"\"") + ":[" + painted("32", "\"x\"") + "," + painted("35", "-1.5e3") + ","
      + painted("1;35", "true") + "," + painted("1;35", "null") + "]}\n"
    let script = #"{"a:\"": ["x", -1.5e3, true, null]}"#
    #expect(await shown(script, mode: .jsonl) == line)
    #expect(await shown("\(script) | to json --compact", mode: .auto) == line)
    #expect(await shown(script, mode: .json).contains(painted("1;34", "\"a:\\\"\"") + ": ["))
    #expect(await shown(script, isColoured: false, mode: .json).contains("\u{1B}") == false)
    #expect(await ScriptRun(script, rendering: .init(mode: .json)).output.contains("\u{1B}") == false)
  }

  @Test("Nothing is lost or added but the colours, and nothing from outside becomes one")
  func hostile() async {
    let script = #"[{"k\u001b[31m": "\u001b[2J \\\" mtr_abc", "b": "x\u202e"}, "y"] | where true"#
    for mode in [RenderingOptions.Mode.json, .jsonl] {
      var plain = await shown(script, mode: mode)
      for code in ["1;34", "32", "35", "1;35", "0"] { plain = plain.replacing("\u{1B}[\(code)m", with: "") }
      #expect(plain == (await shown(script, isColoured: false, mode: mode)))
      #expect(!plain.contains("\u{1B}") && !plain.contains("mtr_abc"))
    }
  }
}
