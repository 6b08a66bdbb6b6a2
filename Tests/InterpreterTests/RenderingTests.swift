import Basics
import Interpreter
import Testing

@Suite("Rendering")
struct RenderingTests {
  private func table(_ script: String, width: Int = 40) async -> String {
    await ScriptRun(script, rendering: RenderingOptions(isTerminal: true, width: width)).output
  }

  @Test("A table has a header and aligned columns, numbers on the right, wide characters counted")
  func columns() async {
    #expect(
      await table(#"[{id: "a", n: 5, city: "東京"}, {id: "bcd", n: 120, city: "x"}]"#) == """
        id     n  city
        a      5  東京
        bcd  120  x

        """)
  }

  @Test("A secret that becomes known later is hidden by options that were copied before")
  func laterSecrets() {
    let options = RenderingOptions()
    let copy = options
    options.hide(["hidden-key", ""])
    #expect(copy.masked("it is hidden-key") == "it is …")
    #expect(RenderingOptions().masked("it is hidden-key") == "it is hidden-key")
  }

  @Test("A table fits the width: long cells are cut, then columns left out")
  func fitting() async {
    let output = await table(#"[{id: "abcdefghij", text: "\("x")aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]"#, width: 30)
    for line in output.split(separator: "\n") { #expect(DisplayWidth.width(String(line)) <= 30) }
    #expect(output.contains("…"))
    let narrow = await table(#"[{aaaaaa: 1, bbbbbb: 2, cccccc: 3, dddddd: 4}]"#, width: 20)
    #expect(narrow == "aaaaaa  bbbbbb  …2\n     1       2\n")
    let id = await table(#"[{id: "evt_000000000000000000", text: "aaaaaaaaaaaaaaaaaaaa"}]"#, width: 37)
    #expect(id == "id                      text\nevt_000000000000000000  aaaaaaaaaaaa…\n")
  }

  @Test("A table says times as how long ago they were")
  func ages() async {
    let script = #"[{createdAt: "2025-12-31T22:00:00Z"}, {createdAt: "2026-01-01T00:05:00.000Z"}, {createdAt: "x"}]"#
    #expect(await table(script) == "createdAt\n2h ago\nin 5m\nx\n")
  }

  @Test("An empty stream says so on a terminal; a statement that yields nothing by its kind says nothing")
  func empty() async {
    #expect(await table("[] | where true") == "no items\n")
    #expect(await table("for x in [1] { print $x }") == "1\n")
  }

  @Test("A record is an aligned list of its fields")
  func record() async {
    #expect(await table(#"{id: "a", payload: {x: [1, null]}}"#) == "id       a\npayload  {\"x\":[1,null]}\n")
  }

  @Test(
    "Nothing from outside reaches a terminal raw, in any format",
    arguments: RenderingOptions.Mode.allCases)
  func hostile(mode: RenderingOptions.Mode) async {
    let run = await ScriptRun(
      #"[{"a\u001b[2J": "x\u001b]0;t\u0007\u202e\u009b1m\r\u0000"}]; "\u001b[31m"; print "\u001b[31m\u202e""#,
      rendering: RenderingOptions(mode: mode, isTerminal: true))
    #expect(run.status == 0)
    for scalar in run.output.unicodeScalars {
      let isSafe =
        scalar == "\n" || (scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value != 0x202E)
      #expect(isSafe || (mode == .csv && scalar == "\r"), "\(scalar.value)")
    }
  }

  @Test("Secrets are masked on a terminal and whole elsewhere")
  func secrets() async {
    let script = #"{key: "mtr_abcDEF", note: "use whsec_123-x."}"#
    #expect(await table(script) == "key   mtr_…\nnote  use whsec_….\n")
    #expect(await ScriptRun(script).output.contains("whsec_123-x"))
  }

  @Test(
    "Formats",
    arguments: [
      (.lines, "a\n{\"b\":1}\nnull\n"), (.jsonl, "\"a\"\n{\"b\":1}\nnull\n"),
      (.json, "[\n  \"a\",\n  {\n    \"b\": 1\n  },\n  null\n]\n"),
    ] as [(RenderingOptions.Mode, String)])
  func formats(mode: RenderingOptions.Mode, expected: String) async {
    let run = await ScriptRun(#"["a", {b: 1}, null] | where true"#, rendering: RenderingOptions(mode: mode))
    #expect(run.output == expected)
  }

  @Test("CSV has a header, CRLF, and quotes where they are needed")
  func csv() async {
    let run = await ScriptRun(
      #"[{a: 1, b: "x,y"}, {a: null, b: "say \"hi\""}] | where true"#, rendering: RenderingOptions(mode: .csv))
    #expect(run.output == "a,b\r\n1,\"x,y\"\r\n,\"say \"\"hi\"\"\"\r\n")
  }

  @Test("The columns of CSV are the fields of the first records together, and a field that comes later is an error")
  func csvColumns() async {
    let run = await ScriptRun(
      "[{id: 1, ok: true}, {id: 2, ok: false, error: \"x\"}]", rendering: RenderingOptions(mode: .csv))
    #expect(run.output == "id,ok,error\r\n1,true,\r\n2,false,x\r\n")
    let mixed = await ScriptRun("[{a: 1}, 2, {b: 3}] | where true", rendering: RenderingOptions(mode: .csv))
    #expect(mixed.output == "a,b\r\n1,\r\n2,\r\n,3\r\n")
    let records = (1...1001).map { $0 == 1001 ? "{id: \"evt_1\", late: 1}" : "{id: \($0)}" }.joined(separator: ",")
    for script in ["[\(records)] | where true", "[\(records)]"] {
      let late = await ScriptRun(script, rendering: RenderingOptions(mode: .csv))
      #expect(late.status == 1)
      #expect(late.errors.hasPrefix("error[unknown-column]: item 1001 (evt_1) has a field 'late'"), "\(late.errors)")
      #expect(late.output.isEmpty || late.output.hasSuffix("\r\n1000\r\n"))
    }
  }

  @Test("A failed stream shows what came before the error and no word about none")
  func failedStream() async {
    #expect(await table("[{id: 1}, {id: 2}] | each { {id: 1 / (2 - .id)} }") == "id\n 1\n")
    #expect(await table("[1] | each { 1 / 0 }") == "")
  }

  @Test("CSV ends its lines on a terminal as that does, and with CRLF elsewhere")
  func csvLineBreaks() async {
    let script = "[{a: 1, b: \"x\"}]"
    let shown = await ScriptRun(script, rendering: RenderingOptions(mode: .csv, isTerminal: true))
    #expect(shown.output == "a,b\n1,x\n")
    #expect(await ScriptRun(script, rendering: RenderingOptions(mode: .csv)).output == "a,b\r\n1,x\r\n")
  }
}
