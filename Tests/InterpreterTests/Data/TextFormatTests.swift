import Interpreter
import OrderedJSON
import Testing

@Suite("from and to")
struct TextFormatTests {
  @Test("What `to` made is shown as it is in every mode", arguments: RenderingOptions.Mode.allCases)
  func raw(mode: RenderingOptions.Mode) async {
    let run = await ScriptRun(
      "[{a: \"x,y\"}] | to csv; [{a: 1}] | to jsonl; {a: 1} | to json; [1] | to json --compact",
      rendering: RenderingOptions(mode: mode))
    #expect(run.output == "a\r\n\"x,y\"\r\n{\"a\":1}\n{\n  \"a\": 1\n}\n[1]\n")
  }

  @Test("A terminal gets it escaped, masked and without carriage returns", arguments: RenderingOptions.Mode.allCases)
  func terminal(mode: RenderingOptions.Mode) async {
    let run = await ScriptRun(
      #"[{a: "\u001b[31m", b: "mtr_abc"}] | to csv; {b: "whsec_abc", c: "\u202e"} | to json"#,
      rendering: RenderingOptions(mode: mode, isTerminal: true))
    #expect(run.output == "a,b\n\\u001b[31m,mtr_…\n{\n  \"b\": \"whsec_…\",\n  \"c\": \"\\u202e\"\n}\n")
  }

  @Test("Text is otherwise an ordinary string")
  func ordinary() async {
    let run = await ScriptRun(
      "print (([{a: 1}] | to csv) | count); let t = {a: 1} | to json --compact; $t + \"!\"; [1] | to jsonl | collect",
      rendering: RenderingOptions(mode: .jsonl))
    #expect(run.output == "2\n\"{\\\"a\\\":1}!\"\n[\"1\"]\n")
  }

  @Test("Rows are made one at a time, and a stage that has enough stops the source")
  func laziness() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | each { {n: .} } | to csv | first 3", extra: [probe.command])
    #expect(run.output == "n\r\n1\r\n2\r\n")
    #expect(probe.pulled == 2)
    #expect(probe.closed == 1)
    let lines = Probe()
    _ = await ScriptRun("numbers | to jsonl | from jsonl | first 2", extra: [lines.command])
    #expect(lines.pulled == 2)
    #expect(lines.closed == 1)
    let text = Probe()
    _ = await ScriptRun("numbers | get .a? | to csv | first 4", extra: [text.command])
    #expect(text.expected == 4)
  }

  @Test("A quoted field goes on in the next text, and the records come as soon as they are whole")
  func textsAcrossItems() async {
    let run = await ScriptRun(#"["a,b", "1,\"x", "", "y\"", "2,z"] | from csv | to json --compact"#)
    #expect(run.output == #"[{"a":"1","b":"x\n\ny"},{"a":"2","b":"z"}]"# + "\n", "\(run.errors)")
  }

  @Test("What a stream of texts fails with ends its source")
  func failing() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | each { \"[}\" } | from jsonl", extra: [probe.command])
    #expect(run.errors.hasPrefix("error[bad-record]: line 1, byte 1: unexpected '}'"), "\(run.errors)")
    #expect(probe.closed == 1)
  }

  @Test(
    "A separator is one plain character",
    arguments: [#""""#, #""ab""#, #""\"""#, #""\n""#, #""é""#, "1"])
  func separators(text: String) async {
    let run = await ScriptRun("[{a: 1}] | to csv --separator \(text)")
    #expect(run.status == (text == "1" ? 0 : 2))
  }
}
