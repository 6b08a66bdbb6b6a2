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
      (#"[{a: "x\ty", b: "1,2"}] | save f.tsv"#, "a\tb\r\n\"x\ty\"\t1,2\r\n"),
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
      "[{b: 2, a: 1}] | save f.csv --append; [{a: 5}] | save new.csv --append", files: ["f.csv": "a,b\r\n0,0\r\n"])
    #expect(run.files == ["f.csv": "a,b\r\n0,0\r\n1,2\r\n", "new.csv": "a\r\n5\r\n"])
    #expect(run.errors == "")
    let more = await ScriptRun("[{a: 1, c: 3}] | save f.csv --append", files: ["f.csv": "a,b\r\n"])
    #expect(
      more.errors.hasPrefix(
        "error[unknown-column]: item 1 has a field 'c' that has no column: the file's header decides"))
    let chosen = await ScriptRun(
      "[{b: 2, a: 1, c: 3}] | save f.csv --append --columns b; [{a: 1}] | save f.csv --append --columns c",
      files: ["f.csv": "a,b\r\n"])
    #expect(chosen.files == ["f.csv": "a,b\r\n,2\r\n"])
    #expect(chosen.errors.hasPrefix("error[bad-argument]: the file has no column 'c'"))
    let broken = await ScriptRun("[{a: 1}] | save f.csv --append", files: ["f.csv": "a,a\r\n"])
    #expect(broken.errors.hasPrefix("error[bad-record]: f.csv, line 1, byte 0"))
    #expect(broken.files == ["f.csv": "a,a\r\n"])
    #expect(broken.unfinishedFiles == 0)
  }

  @Test("Records without fields give no columns, and no row is written before that is found")
  func noColumns() async {
    let run = await ScriptRun("try { [{}] | save f.csv } catch err { $err.code }; [{}, {}] | to csv")
    #expect(run.output == "type-mismatch\n")
    #expect(run.errors.hasPrefix("error[type-mismatch]: the first records have no fields"), "\(run.errors)")
    #expect(run.files == [:])
  }

  @Test("The fields of all first records have columns, whoever writes them")
  func union() async {
    let records = "[{id: 1, ok: true}, {id: 2, error: \"x\"}, {}]"
    let rows = "id,ok,error\r\n1,true,\r\n2,,x\r\n,,\r\n"
    let run = await ScriptRun(
      """
      \(records) | save f.csv; \(records) | to csv | save g.txt; \(records) | save h.csv --columns error,id
      {a: 1} | save o.csv
      """)
    #expect(run.files["f.csv"] == rows)
    #expect(run.files["g.txt"] == rows)
    #expect(run.files["h.csv"] == "error,id\r\n,1\r\nx,2\r\n,\r\n")
    #expect(run.files["o.csv"] == "a\r\n1\r\n")
    let late = "numbers | first 1001 | each { if . > 1000 { {n: ., late: 1} } else { {n: .} } }"
    let failed = await ScriptRun("\(late) | save f.csv", extra: [Probe().command])
    #expect(failed.errors.hasPrefix("error[unknown-column]: item 1001 has a field 'late'"), "\(failed.errors)")
    #expect(failed.files == [:])
    let counted = await ScriptRun(
      "\(late) | to csv --columns n | count; \(late) | to csv | count", extra: [Probe().command])
    #expect(counted.output == "1002\n")
    #expect(counted.errors.hasPrefix("error[unknown-column]"))
  }

  @Test("To csv takes no more items than its reader wants rows")
  func lazy() async {
    let probe = Probe()
    let run = await ScriptRun(
      "numbers | each { {n: .} } | to csv | first 3; numbers | each { {n: .} } | to csv --columns n | first 2",
      extra: [probe.command])
    #expect(run.output == "n\r\n1\r\n2\r\nn\r\n1\r\n", "\(run.errors)")
    #expect(probe.pulled <= 5)
  }

  @Test("For spreadsheets: a mark in front, and no formulas but numbers")
  func excel() async {
    let run = await ScriptRun(
      #"""
      let r = [{"=h": "=1+1", n: -5, t: "-5"}, {"=h": "+1 555", n: "@x", t: "-5 apples"}, {"=h": "\tx", n: "\rx", t: "a=b"}]
      $r | save f.csv --excel
      $r | to csv --excel | save g.csv
      [{a: 1}] | save f.csv --append --excel --columns n
      [{a: "é"}] | save t.tsv --excel
      [{a: "x"}] | to csv --excel --no-header | save h.csv
      """#)
    let rows = "\u{FEFF}'=h,n,t\r\n'=1+1,-5,-5\r\n'+1 555,'@x,'-5 apples\r\n'\tx,\"'\rx\",a=b\r\n"
    #expect(run.files["g.csv"] == rows)
    #expect(run.files["f.csv"] == rows + ",,\r\n", "\(run.errors)")
    #expect(run.files["t.tsv"] == "\u{FEFF}a\r\né\r\n")
    #expect(run.files["h.csv"] == "\u{FEFF}x\r\n")
  }

  @Test(
    "Flags of CSV are refused where they say nothing",
    arguments: [
      "[1] | save f.json --excel", "[1] | save f.jsonl --columns a", "[{a: 1}] | to csv | save f.csv --excel",
      "[{a: 1}] | to csv | save f.csv --columns a",
    ])
  func flags(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[bad-argument]: "), "\(run.errors)")
    #expect(run.files == [:])
  }

  @Test("What is saved opens as what it was", arguments: ["json", "jsonl", "csv", "tsv"])
  func roundTrip(format: String) async {
    let records = #"[{"a":"x","b":"1,\"2\"\r\n"},{"a":"","b":"é"},{"a":"[","b":" "}]"#
    let run = await ScriptRun(
      "\(records) | save f.\(format); open f.\(format) | to json --compact; open f.\(format) | save g.\(format)")
    #expect(run.output == records.replacing("\\u000d", with: "\\r") + "\n")
    #expect(run.files["f.\(format)"] == run.files["g.\(format)"])
  }
}
