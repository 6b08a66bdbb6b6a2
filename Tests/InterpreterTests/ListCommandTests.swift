import Interpreter
import OrderedJSON
import Testing

@Suite("Lists, records and differences")
struct ListCommandTests {
  @Test(
    "Results",
    arguments: [
      ("[] | any", "false"), ("[] | all", "true"), ("[1, null] | all", "false"), ("[{n: 1}] | any .n > 1", "false"),
      ("[1, 2] | any (. > 1)", "true"), ("0 | any", "true"),
      ("range 1 5 | slice 2", "3\n4\n5"), ("range 1 5 | slice 1 3", "2\n3"), ("range 1 5 | slice 3 1", ""),
      ("range 1 5 | slice 4 99", "5"), ("range 1 5 | slice 9", ""), ("range 1 5 | slice -2", "4\n5"),
      ("range 1 5 | slice -9 2", "1\n2"), ("range 1 5 | slice -3 -1", "3\n4"), ("range 1 5 | slice 1 -2", "2\n3"),
      ("range 1 5 | slice 0 -9", ""), ("range 1 5 | slice -2 3", ""), ("range 1 5 | slice 0 0", ""),
      ("range 1 3 | slice -9223372036854775808 9223372036854775807", "1\n2\n3"),
      ("range 1 2 | slice 1 -9223372036854775808", ""),
      ("range 1 0", ""), ("range 2 2", "2"), ("range -1 1", "-1\n0\n1"), ("range 0 10 --step 4", "0\n4\n8"),
      ("range 3 1 --step -1", "3\n2\n1"),
      ("range 9223372036854775806 9223372036854775807", "9223372036854775806\n9223372036854775807"),
      ("range 1 1000000000000 | first 1", "1"),
      ("[1, 2, 3] | zip [4, 5]", "[1,4]\n[2,5]"), ("[1] | zip (range 1 9)", "[1,1]"), ("[1] | zip []", ""),
      ("range 1 5 | chunk 2 | count", "3"), ("[] | chunk 2", ""), ("range 1 2 | chunk 2", "[1,2]"),
      ("{a: 1} | merge {a: 2, b: .a}", #"{"a":2,"b":1}"#), ("{a: {x: 1}} | merge {a: {y: 2}}", #"{"a":{"y":2}}"#),
      ("{a: {x: 1, l: [1]}} | merge {a: {y: 2, l: [2]}} --deep", #"{"a":{"x":1,"l":[2],"y":2}}"#),
      ("[{a: 1, b: 2}, {b: 3}] | rename a c", #"{"c":1,"b":2}"# + "\n" + #"{"b":3}"#),
      ("{a: 1} | rename a a", #"{"a":1}"#),
      ("{a: [{b: 1}]} | rename .a[0].b c", #"{"a":[{"c":1}]}"#), ("{a: null} | rename .a.b c", #"{"a":null}"#),
      (#"{"odd key": 1} | rename "odd key" even"#, #"{"even":1}"#),
      ("{} | entries", ""), ("[] | from-entries", "{}"), (#"[{key: 1}] | from-entries"#, #"{"1":null}"#),
      (#"[["a", 1], ["a", 2]] | from-entries"#, #"{"a":2}"#),
      ("{b: 2, a: 1} | entries | sort-by .key | from-entries", #"{"a":1,"b":2}"#),
      (#"[1, null, true, "s", [1], {}] | type"#, "number\nnull\nboolean\nstring\nlist\nrecord"),
    ])
  func results(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == (expected.isEmpty ? "" : expected + "\n"), "\(run.errors)")
    #expect(
      run.errors.isEmpty || run.errors.contains("warning[unknown-field]")
        || run.errors.contains("warning[uneven-lengths]"), "\(run.errors)")
  }

  @Test(
    "Differences, by the paths that lead to them",
    arguments: [
      ("diff {a: 1} {a: 1.0}", ""), ("diff {a: 1, b: 2} {b: 2, a: 1}", ""), ("diff 1 2", ". 1 2"),
      ("diff [1, 2] [1, 3, 4]", ".[1] 2 3\n.[2] null 4"), ("diff {a: [1]} {a: []}", ".a[0] 1 null"),
      (#"diff {"odd key": {x: 1}} {"odd key": {x: "1"}}"#, #"."odd key".x 1 1"#),
      (#"diff {"a-b": 1, "0": 1, "é": 1} {}"#, ".\"a-b\" 1 null\n.\"0\" 1 null\n.\"é\" 1 null"),
      ("diff {a: {b: 1}} {a: [1]}", #".a {"b":1} [1]"#), ("diff {a: null} {}", ".a null null"),
      ("diff {z: 1, a: 1} {n: 1, a: 2}", ".z 1 null\n.a 1 2\n.n null 1"), ("diff [[1]] [[2]]", ".[0][0] 1 2"),
    ])
  func differences(script: String, expected: String) async {
    let run = await ScriptRun(script + #" | each { "\(.path) \(.old) \(.new)" }"#)
    #expect(run.output == (expected.isEmpty ? "" : expected + "\n"), "\(run.errors)")
  }

  @Test("A path that diff gives leads to the value")
  func paths() async {
    let run = await ScriptRun(
      #"let a = {l: [{"odd key": 1}]}; diff $a {l: [{"odd key": 2}]} | get path; $a.l[0]."odd key""#)
    #expect(run.output == ".l[0].\"odd key\"\n1\n", "\(run.errors)")
  }

  @Test(
    "Failures",
    arguments: [
      ("{a: 1, b: 2} | rename a b", "bad-argument"), ("{a: 1} | rename . b", "bad-argument"),
      ("1 | rename a b", "type-mismatch"),
      ("{a: [1]} | rename .a[0] b", "bad-argument"), ("{a: 1} | rename .a.b c", "no-such-field"),
      ("[1] | from-entries", "type-mismatch"), ("[[null, 1]] | from-entries", "type-mismatch"),
      ("[[1, 2, 3]] | from-entries", "type-mismatch"), ("[1] | entries", "type-mismatch"),
      ("[1] | merge {a: 1}", "type-mismatch"),
      ("[1] | zip 5", "bad-argument"), ("[1] | chunk 0", "bad-argument"), ("range 1 2 --step 0", "bad-argument"),
      ("range 1 2.5", "bad-argument"), ("[{id: 1}] | lookup 5 .id .id --as x", "bad-argument"),
      ("[{id: 1}] | lookup [] .id .id", "missing-argument"), ("[{id: 1}] | lookup [1] .id .id --as x", "no-such-field"),
      ("[1] | lookup [] . . --as x", "type-mismatch"), ("[1] | slice", "missing-argument"),
      ("diff 1", "missing-argument"),
      ("[1] | any .a", "no-such-field"), ("[{id: 1}] | lookup (range 1 1000001) .id . --as x", "too-large"),
    ])
  func failures(script: String, code: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.contains("error[\(code)]"), "\(run.errors)")
  }

  @Test("A lookup finds by ==, the first of several, and nothing for null")
  func lookup() async {
    let run = await ScriptRun(
      """
      let list = [{id: 1.0, n: "a"}, {id: 1, n: "b"}, {n: "none"}, {id: {y: 2, x: 1}, n: "c"}]
      [{k: 1}, {k: null}, {}, {k: 2}, {k: {x: 1, y: 2}}] | lookup $list .k .id --as found | get .found?.n?
      [{k: "A"}] | lookup [{id: "a"}] (.k | lower) .id --as found | get found
      {k: 1, found: 0} | lookup $list .k (.id ?? 0) --as found | get .found.n
      """)
    #expect(run.output == "a\nnull\nnull\nnull\nc\n{\"id\":\"a\"}\na\n", "\(run.errors)")
  }

  @Test("The deepest values that there can be are no trouble")
  func deep() async {
    let text = String(repeating: #"{"a":"#, count: 500) + "1" + String(repeating: "}", count: 500)
    let numbers = (0..<450).map { "\($0)" }.joined(separator: ", ")
    let script = """
      let x = open a.jsonl
      let y = open b.jsonl
      for i in [\(numbers)] { set x = [$x]; set y = [$y] }
      diff $x $x | count
      diff $x $y | get new
      [{k: $x}] | rename k j | merge {b: 1} | merge {j: $x} --deep | entries | from-entries | keys
      [{k: $x}] | lookup [{id: 1, v: $x}, {id: $x}] .k .id --as found | keys
      [$x] | chunk 1 | zip [$x] | type
      [{k: $x}] | count-by .k | get count
      """
    let other = text.replacing("1", with: "2")
    let run = await ScriptRun(script, files: ["a.jsonl": text, "b.jsonl": other])
    #expect(
      run.output == "0\n2\n[\"j\",\"b\"]\n[\"k\",\"found\"]\nlist\n1\n", "\(run.output) \(run.errors)")
  }

  @Test("A long list costs each item no more than a short one, and many keys are compared in no quadratic time")
  func long() async {
    let run = await ScriptRun(
      "let list = range 1 20000 | each {id: .}; $list | lookup $list .id .id --as same | where .same.id == .id | count")
    #expect(run.output == "20000\n", "\(run.errors)")
    let keys = (0..<20_000).map { "\"key\($0)\": \($0)" }
    let texts = ["{\(keys.joined(separator: ","))}", "{\(keys.reversed().joined(separator: ","))}"]
    let diff = await ScriptRun(
      "let r = open a.jsonl | collect; diff $r.0 $r.1 | count; $r.0 | entries | from-entries | entries | count",
      files: ["a.jsonl": texts.joined(separator: "\n")])
    #expect(diff.output == "0\n20000\n", "\(diff.errors)")
  }
}
