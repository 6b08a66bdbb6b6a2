import Testing

@Suite("Flags of functions")
struct FunctionFlagTests {
  private static let definition =
    "def f(a, b = 2, --limit = 10, --dry-run, ...rest) { [$a, $b, $limit, $dry_run, $rest] }\n"

  @Test(
    "Arguments go to their parameters",
    arguments: [
      ("f 1", "[1,2,10,false,[]]"), ("f 1 3", "[1,3,10,false,[]]"), ("f 1 3 4 x", "[1,3,10,false,[4,\"x\"]]"),
      ("f --limit 5 1", "[1,2,5,false,[]]"), ("f 1 --limit=5", "[1,2,5,false,[]]"),
      ("f 1 --dry-run", "[1,2,10,true,[]]"), ("f --dry-run 1 --limit 7 8", "[1,8,7,true,[]]"),
      ("f 1 --dry-run=false", "[1,2,10,false,[]]"), ("f --b 5 --a 4", "[4,5,10,false,[]]"),
      ("let n = 3; f $n ($n + 1)", "[3,4,10,false,[]]"),
    ])
  func arguments(call: String, expected: String) async {
    let above = await ScriptRun(Self.definition + call)
    #expect(above.output == expected + "\n", "\(above.errors)")
    // A call may stand above the definition.
    let below = await ScriptRun("\(call)\n\(Self.definition)")
    #expect(below.output == expected + "\n", "\(below.errors)")
    // The definition may stand in another file.
    let sourced = await ScriptRun("source lib.mittr\n\(call)", files: ["lib.mittr": Self.definition])
    #expect(sourced.output == expected + "\n", "\(sourced.errors)")
  }

  @Test(
    "A wrong call is found before anything runs",
    arguments: [
      ("f 1 --limt 5", "unknown-flag", "did you mean --limit?"), ("f", "missing-argument", "needs a"),
      ("f 1 --limit", "missing-value", "--limit needs a value"), ("f 1 --rest 2", "unknown-flag", "it takes: a, b"),
      ("f 1 --a 2", "unexpected-argument", "no place"),
      ("def g(a) { $a }; g 1 2", "unexpected-argument", "it takes: a"),
      ("f 1 --limit 2 --limit 3", "unexpected-argument", "no place"), ("f 1 --nope", "unknown-flag", "--nope"),
    ])
  func mistakes(call: String, code: String, text: String) async {
    let run = await ScriptRun("print \"ran\"\n\(Self.definition)\(call)")
    #expect(run.errors.hasPrefix("error[\(code)]") && run.errors.contains(text), "\(run.errors)")
    #expect(run.status == 2 && run.output == "")
  }

  @Test(
    "A wrong list of parameters is an error",
    arguments: [
      ("def f(...a, b) { 1 }", "unexpected-token"), ("def f(...a, ...b) { 1 }", "unexpected-token"),
      ("def f(a, --a) { 1 }", "duplicate-parameter"), ("def f(--a-b, --a-b) { 1 }", "duplicate-parameter"),
      ("def f(a = 1, b) { 1 }", "missing-default"), ("def f(--explain) { 1 }", "reserved-word"),
      ("def f(--in = 1) { 1 }", "reserved-word"), ("def f(--for) { 1 }", "reserved-word"),
      ("def f(--env) { 1 }", "reserved-word"), ("def f(..a) { 1 }", "unexpected-token"),
      ("def f(...a = 1) { 1 }", "unexpected-token"),
    ])
  func declarations(script: String, code: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(run.errors)")
    #expect(run.status == 2)
  }

  @Test(
    "A default may use what stands before it, and flags may stand anywhere",
    arguments: [
      ("def f(--x = 2, a = $x + 1) { $a }\nf; f --x 5", "3\n6\n"),
      ("def f(...r, --s) { [$r, $s] }\nf 1 --s 2", "[[1,2],true]\n"),
      ("def f(a = [1, {b: 2}], --s) { $s }\nf --s", "true\n"),
      ("def f(--s) { $s }\n[1] | each { f --s } | one", "true\n"),
      ("def f(\n  a,\n  --s\n) { $s }\nf 1 --s", "true\n"),
    ])
  func defaults(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected, "\(run.errors)")
  }

  @Test("help shows a function's parameters and the comment above it")
  func help() async {
    let run = await ScriptRun(
      "# What failed.\n# Since an outage.\ndef failed(since, --limit = 5 * 2, --all, ...ids) { 1 }\nhelp failed")
    #expect(
      run.output == """
        failed: What failed

          failed SINCE [IDS…] [flags]

        Input   nothing; it starts a pipeline
        Result  what its block yields

        Since an outage.

          SINCE          a value
          --limit VALUE  a value (default: 5 * 2)
          --all          off unless given
          IDS            all that is left

        """, "\(run.errors)")
  }
}
