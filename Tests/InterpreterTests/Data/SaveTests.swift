import Interpreter
import OrderedJSON
import Testing

@Suite("Saving")
struct SaveTests {
  @Test(
    "Formats",
    arguments: [
      ("[1, \"x\"] | save f.json", "[\n  1,\n  \"x\"\n]\n"), ("{a: 1} | save f.json", "{\n  \"a\": 1\n}\n"),
      ("[{a: 1}] | where true | save f.json", "[\n  {\n    \"a\": 1\n  }\n]\n"), ("[] | save f.json", "[]\n"),
      ("null | save f.json", "null\n"), ("[1, \"x\"] | save f.JSONL", "1\n\"x\"\n"),
      ("[1, \"x\"] | save f.ndjson", "1\n\"x\"\n"), ("[1, \"x\\ny\", {a: null}] | save f", "1\nx\ny\n{\"a\":null}\n"),
      ("[{a: 1, b: \"x,y\"}, {b: null}] | save f.csv", "a,b\r\n1,\"x,y\"\r\n,\r\n"), ("[] | save f.csv", ""),
      ("{a: 1} | save f.csv", "a\r\n1\r\n"), ("[[1, 2], 3] | save f.csv", "value\r\n\"[1,2]\"\r\n3\r\n"),
      ("[{a: 1}] | save f --as csv", "a\r\n1\r\n"), ("[{a: 1}] | save f.csv --as lines", "{\"a\":1}\n"),
    ])
  func formats(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == "")
    #expect(run.errors == "")
    #expect(run.files.values.first == expected)
    #expect(run.unfinishedFiles == 0)
  }

  @Test(
    "What `to` made is written as it is, whatever the name says",
    arguments: [
      ("[{a: \"x,y\"}, {a: 2}] | to csv | save f.csv", "a\r\n\"x,y\"\r\n2\r\n"),
      ("[{a: 1}] | to csv | where . != \"a\" | save f.txt", "1\r\n"),
      ("[{a: 1}] | to csv | first 1 | save f.json --as jsonl", "a\r\n"),
      ("[{a: 1}, 2] | to jsonl | save f.json", "{\"a\":1}\n2\n"), ("[1] | to json --compact | save f.csv", "[1]\n"),
      ("[1] | to jsonl | each { . } | save f.jsonl", "\"1\"\n"),
    ])
  func texts(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors == "")
    #expect(run.files.values.first == expected)
  }

  @Test("A file that is there is refused before any item is made")
  func refused() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | save f.txt", files: ["f.txt": "kept"], extra: [probe.command])
    #expect(run.errors.hasPrefix("error[file-exists]"))
    #expect(run.status == 1)
    #expect(probe.pulled == 0)
    #expect(probe.closed == 1)
    #expect(run.files == ["f.txt": "kept"])
  }

  @Test("When the stream fails nothing is left, and what was there is kept")
  func failing() async {
    let probe = Probe()
    let run = await ScriptRun(
      "try { numbers | each { 1 / (3 - .) } | save f.txt --force }; try { numbers | each { 1 / (3 - .) } | save g.txt }",
      files: ["f.txt": "kept"], extra: [probe.command])
    #expect(run.files == ["f.txt": "kept"])
    #expect(run.unfinishedFiles == 0)
    #expect(probe.closed == 2)
  }

  @Test("When it is cancelled nothing is left")
  func cancelled() async {
    let probe = Probe()
    let task = Task {
      let run = await ScriptRun("numbers | save f.txt", extra: [probe.command])
      return (run.status, run.files, run.unfinishedFiles)
    }
    await probe.started()
    task.cancel()
    let (status, files, unfinished) = await task.value
    #expect(status == 130)
    #expect(files == [:])
    #expect(unfinished == 0)
    #expect(probe.closed == 1)
  }

  @Test("CSV that is appended to keeps the columns of the file")
  func append() async {
    let run = await ScriptRun(
      "[{b: 2, a: 1, c: 3}] | save f.csv --append; [{a: 5}] | save new.csv --append", files: ["f.csv": "a,b\r\n0,0\r\n"]
    )
    #expect(run.files == ["f.csv": "a,b\r\n0,0\r\n1,2\r\n", "new.csv": "a\r\n5\r\n"])
    #expect(run.errors == "warning[left-out]: the file's header decides the columns; left out: c\n")
    let broken = await ScriptRun("[{a: 1}] | save f.csv --append", files: ["f.csv": "a,a\r\n"])
    #expect(broken.errors.hasPrefix("error[bad-record]: f.csv, line 1, byte 0"))
    #expect(broken.files == ["f.csv": "a,a\r\n"])
    #expect(broken.unfinishedFiles == 0)
  }

  @Test("A first record without fields gives no columns, and no row is written before that is found")
  func noColumns() async {
    let run = await ScriptRun("try { [{}] | save f.csv } catch err { $err.code }; [{}, {a: 1}] | to csv")
    #expect(run.output == "type-mismatch\n")
    #expect(run.errors.hasPrefix("error[type-mismatch]: the first record has no fields"), "\(run.errors)")
    #expect(run.files == [:])
  }

  @Test("What is saved opens as what it was", arguments: ["json", "jsonl", "csv"])
  func roundTrip(format: String) async {
    let records = #"[{"a":"x","b":"1,\"2\"\r\n"},{"a":"","b":"é"},{"a":"[","b":" "}]"#
    let run = await ScriptRun(
      "\(records) | save f.\(format); open f.\(format) | to json --compact; open f.\(format) | save g.\(format)")
    #expect(run.output == records.replacing("\\u000d", with: "\\r") + "\n")
    #expect(run.files["f.\(format)"] == run.files["g.\(format)"])
  }
}
