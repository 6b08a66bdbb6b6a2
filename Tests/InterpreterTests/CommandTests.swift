import Interpreter
import TestSupport
import Testing

@Suite("General commands")
struct CommandTests {
  @Test(
    "Every example of every declaration runs, and gives what it says",
    arguments: Command.general.flatMap { command in command.examples })
  func examples(example: Command.Example) async {
    let run = await ScriptRun(
      example.script,
      files: ["events.jsonl": "{\"status\": \"failed\"}\n{\"status\": \"dead\"}\n", "notes.txt": "a\nb\nc\nd\n"],
      prepare: { $0[LineHistoryKey.self] = MemoryHistory(["[1] | count", "now", "[2, 3] | sum"]) })
    #expect(run.status == 0, "\(run.errors)")
    #expect(!run.errors.contains("error[") && !run.errors.contains("warning["))
    if let result = example.result { #expect(run.output == result + "\n") }
  }

  @Test("Every command has a summary, two examples and a page of help", arguments: Command.general.map { $0.name })
  func help(name: String) async throws {
    let command = try #require(CommandRegistry(Command.general)[name])
    #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
    #expect(command.examples.count >= 2)
    #expect(await ScriptRun("help \(name)").output.hasPrefix("\(name): "))
  }

  @Test(
    "Results",
    arguments: [
      ("[{a: 1, b: {c: 2}}, {a: 3}] | select a b.c", #"{"a":1,"b.c":2}"# + "\n" + #"{"a":3,"b.c":null}"#),
      ("{a: 1} | get a", "1"), ("[3, null, \"x\", 1, true, 1.5] | sort-by", "null\ntrue\n1\n1.5\n3\nx"),
      ("[3, 1] | sort-by --desc", "3\n1"), ("[] | sum", "0"), ("[{v: 1.5}, {v: null}, {v: 2}] | sum .v", "3.5"),
      ("[[1, [2]], 3] | flatten", "1\n[2]\n3"), ("[1, 2] | collect", "[1,2]"), ("[1, 2, 3] | first 0 | count", "0"),
      ("open a.jsonl | get n", "1\n2\n3"), ("open a.json | get n", "1\n2"),
      ("open a.csv | get city", "São Paulo\na \"b\", c"),
      ("open a.txt", "x\ny"), ("open a.csv --as lines | count", "3"), ("[1] | get .a?", "null"),
      ("[{a: {b: [5]}}] | get .a.b[0]", "5"),
      ("[1, 2] | where . > 5 | count", "0"), ("[1, 2] | each { [.] } | collect", "[[1],[2]]"),
    ])
  func results(script: String, expected: String) async {
    let run = await ScriptRun(
      script,
      files: [
        "a.jsonl": "{\"n\": 1}\r\n\n{\"n\": 2}\n{\"n\": 3}", "a.json": "[{\"n\": 1}, {\"n\": 2}]",
        "a.csv": "id,city\r\n1,São Paulo\r\n2,\"a \"\"b\"\", c\"\r\n", "a.txt": "x\ny\n",
      ])
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "Failures say what and where",
    arguments: [
      ("[1, 2] | one", "too-many-items"), ("[] | one", "no-items"), (#"["a"] | sum"#, "type-mismatch"),
      ("[1] | select a", "type-mismatch"), ("open none.jsonl", "file-error"), ("open bad.jsonl", "bad-record"),
      ("open bad.csv", "bad-record"), ("help nope", "unknown-command"), ("[\"x\"] | get a", "no-such-field"),
    ])
  func failures(script: String, code: String) async {
    let run = await ScriptRun(script, files: ["bad.jsonl": "{}\n{\"a\": }\n", "bad.csv": "a,b\n1\n"])
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(run.errors)")
    #expect(run.status == 1)
  }

  @Test("The first bad record is named by line and byte")
  func badRecord() async {
    let run = await ScriptRun("open bad.jsonl | count", files: ["bad.jsonl": "{}\n\n{\"a\": }\n"])
    #expect(run.errors.contains("bad.jsonl, line 3, byte 10: unexpected '}'"), "\(run.errors)")
  }

  @Test("A stage that has enough stops all stages before it, and their clean-up runs once")
  func earlyStop() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | where . > 1 | first 2", extra: [probe.command])
    #expect(run.output == "2\n3\n")
    #expect(probe.pulled == 3)
    #expect(probe.closed == 1)
    #expect(probe.expected == nil)
  }

  @Test("The source is told how many items will be wanted, through stages that keep the count")
  func expectation() async {
    let probe = Probe()
    _ = await ScriptRun("numbers | each { . } | first 1; numbers | get .a? | first 9 | first 2", extra: [probe.command])
    #expect(probe.expected == 2)
  }

  @Test("Clean-up runs also when a stage fails")
  func cleanUpAfterFailure() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | each { 1 / (3 - .) }", extra: [probe.command])
    #expect(run.status == 1)
    #expect(probe.closed == 1)
  }

  @Test("A cancelled pipeline ends with status 130 and cleans up")
  func cancellation() async {
    let probe = Probe()
    let task = Task { await ScriptRun("numbers | where false", extra: [probe.command]).status }
    await probe.started()
    task.cancel()
    #expect(await task.value == 130)
    #expect(probe.closed == 1)
  }
}
