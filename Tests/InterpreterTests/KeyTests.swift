import Foundation
import Interpreter
import OrderedJSON
import Testing

@Suite("Keys of stages")
struct KeyTests {
  @Test(
    "A key is a path or an expression",
    arguments: [
      ("[{a: 1}, {a: 3}, {}] | sort-by -.a | get a", "3\n1\nnull"),
      ("[{a: 1}, {a: 3}] | sort-by -.a --desc | get a", "1\n3"),
      (#"[{s: "a", t: "x"}, {s: "a", t: "y"}, {s: "b", t: "z"}] | sort-by .s -.t | get t"#, "y\nx\nz"),
      (#"["10", "9"] | sort-by (. | parse number)"#, "9\n10"),
      (#"["bb", "a"] | sort-by (. | length)"#, "a\nbb"),
      ("let w = {x: 2, y: 1}; [\"x\", \"y\"] | sort-by ($w[.])", "y\nx"),
      ("let f = \"n\"; [{n: 2}, {n: 1}] | sort-by (.[$f]) | get n", "1\n2"),
      ("[3, 1, 2] | sort-by (if . == 2 { 0 } else { . })", "2\n1\n3"),
      ("[{p: {a: 1}, b: 2}] | group-by .p.a .b (.b * 2) | get key", #"{"a":1,"b":2,"(.b * 2)":4}"#),
      ("[1, 2, 3] | group-by (. % 2) | get count", "2\n1"),
      ("[{a: 1, b: 1}, {a: 1, b: 2}, {a: 1, b: 1}] | uniq .a .b | count", "2"),
      ("[{a: 1}, {a: 1}] | uniq (.a + 1) | count", "1"),
      ("[{a: 1, b: 9}, {a: 1, b: 3}, {a: 2, b: 0}] | min .a .b | get b", "3"),
      ("[{a: 1, b: 9}, {a: 1}] | min .a .b", #"{"a":1}"#), ("[-5, 3] | max (. * .)", "-5"),
      ("[{a: 2}, {a: 1}] | max -.a | get a", "1"),
    ])
  func keys(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
    #expect(run.errors == "")
  }

  @Test(
    "Times are compared by the moment where all are times, otherwise as text",
    arguments: [
      (
        #"["2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00+03:00"] | sort-by"#,
        "2026-01-01T02:00:00+03:00\n2026-01-01T00:00:00Z\n2026-01-01T00:00:00.5Z"
      ),
      (
        #"["2026-01-01T00:00:00.0000002Z", "2026-01-01T00:00:00.00000010Z"] | sort-by"#,
        "2026-01-01T00:00:00.00000010Z\n2026-01-01T00:00:00.0000002Z"
      ),
      (
        #"["2026-01-01T02:00:00+03:00", "2026-01-01T00:00:00Z", "2026"] | sort-by"#,
        "2026\n2026-01-01T00:00:00Z\n2026-01-01T02:00:00+03:00"
      ),
      (
        #"[{t: "2026-01-01T02:00:00+03:00"}, {}, {t: "2026-01-01T00:00:00Z"}] | sort-by .t | get t"#,
        "null\n2026-01-01T02:00:00+03:00\n2026-01-01T00:00:00Z"
      ),
      (#"["2026-01-01T02:00:00+03:00", "2026-01-01T00:00:00Z"] | max"#, "2026-01-01T00:00:00Z"),
      (#"["2026-01-01T02:00:00+03:00", "2026-01-01T00:00:00Z", "2027"] | min"#, "2026-01-01T00:00:00Z"),
      (#"["2026-01-01T00:00:00.9Z", "2026-01-01T00:00:00Z"] | min"#, "2026-01-01T00:00:00Z"),
      // Of the same moment, the first one.
      (#"["2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00Z"] | max"#, "2026-01-01T00:00:00.0Z"),
    ])
  func times(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "Texts that look like numbers are warned about where it matters, once",
    arguments: [
      (#"[{n: "10"}, {n: "9"}] | sort-by .n"#, "sort-by (.n | parse number)"),
      (#"[{n: "10"}, {n: "9"}] | sort-by -.n"#, "sort-by -(.n | parse number)"),
      (#"["10", "9"] | sort-by --desc"#, "sort-by (. | parse number)"),
      (#"["10", "9"] | max"#, "max (. | parse number)"),
      (#"for i in [1, 2] { [{n: "10"}, {n: "9"}] | min .n }"#, "min (.n | parse number)"),
      (#"["10", "20"] | sort-by"#, nil), (#"["10", "9", "x"] | sort-by"#, nil), (#"["1", "1.0"] | max"#, nil),
      (#"[10, 9] | sort-by"#, nil), (#"["b", "a"] | min"#, nil),
    ] as [(String, String?)])
  func numberTexts(script: String, help: String?) async {
    let run = await ScriptRun(script)
    #expect(run.status == 0)
    if let help {
      #expect(run.errors.contains(help), "\(run.errors)")
      #expect(run.errors.components(separatedBy: "warning[number-text]").count == 2, "\(run.errors)")
    } else {
      #expect(run.errors == "")
    }
  }

  @Test(
    "What is no key is told with what to write",
    arguments: [
      ("[1] | sort-by .a - .b", "unexpected-token", "(.a - .b)"), ("[1] | sum .a * 2", "unexpected-token", "(.a * .b)"),
      ("let k = 1; [1] | group-by $k", "bad-path", "(.[$name])"),
      ("[1] | sort-by .a,.b", "unexpected-token", "no commas"),
      ("[1] | sort-by (.a", "unexpected-end", "opened here"), ("[1] | group-by", "missing-argument", "group-by KEY…"),
      ("[1] | sum (nope)", "unknown-command", "help lists them all"),
    ])
  func mistakes(script: String, code: String, help: String) async {
    let run = await ScriptRun(script)
    #expect(run.status == 2)
    #expect(run.errors.contains("error[\(code)]") && run.errors.contains(help), "\(run.errors)")
  }

  @Test("A field that no item has is warned about in an expression as well")
  func unknownFields() async {
    let run = await ScriptRun("[{amount: 1}] | sort-by (.amuont ?? 0)")
    #expect(run.errors.contains("warning[unknown-field]: no item has 'amuont'"))
    let list = await ScriptRun("[{id: 1}] | lookup [{idd: 1}] .id .id --as x")
    #expect(list.errors.contains("did you mean 'idd'?"))
  }
}
