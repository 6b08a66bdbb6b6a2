import Interpreter
import Testing

@Suite("Statements")
struct StatementTests {
  @Test(
    "Statements yield what they say",
    arguments: [
      ("let x = 1; set x = $x + 1; $x", "2\n"), ("let x = [1] | each { . }; $x", "[1]\n"),
      ("for n in [1, 2] { $n * 2 }", "2\n4\n"), ("let x = 1; if true { let x = 2 }; $x", "1\n"),
      ("let x = 1; for n in [1, 2, 3] { set x = $x + $n }; $x", "7\n"),
      ("def double(n) { $n * 2 }\ndouble 4", "8\n"),
      ("def add(a, b = 10) { return $a + $b }\nadd 1; add 1 --b 2", "11\n3\n"),
      ("def both() { 1; 2 }\nboth | count", "2\n"), ("def size() { $in | count }\n[4, 5] | size", "2\n"),
      ("def f(n) { if $n > 1 { return \"big\" }; return \"small\" }\nf 1; f 2", "small\nbig\n"),
      ("try { 1 / 0 } catch err { $err.code }", "division-by-zero\n"), ("try { 1 / 0 }; 2", "2\n"),
      ("try { [1, 0] | each { 6 / . } } catch { \"stopped\" }", "6\nstopped\n"),
      ("assert 1 < 2; 3", "3\n"), ("1; exit; 2", "1\n"), ("# only a comment", ""), ("", ""),
      ("[1, 2, 3]\n  | where . > 1\n  | count", "2\n"), ("[1, 2] | # comment\n count", "2\n"), ("1 + \\\n 2", "3\n"),
      ("#!/usr/bin/env mittr\n5", "5\n"), ("print \"a\" 1 [2]; 3", "a 1 [2]\n3\n"),
      ("let x = if false { 1 }; $x ?? 5", "5\n"), ("f\ndef f() { 6 }", "6\n"),
      (#"[{"a b": 1}] | select "a b""#, "{\"a b\":1}\n"),
      ("let x = if false { 1 } else if true { 2 } else { 3 }; $x", "2\n"),
      ("source \"lib.mittr\"; triple 3", "9\n"), ("$args.0", "one\n"),
      ("let r = { a: 1 }; { b: $r.a, \"c\": [$r] }", "{\"b\":1,\"c\":[{\"a\":1}]}\n"),
      ("[1, 2] | first | one", "1\n"), ("for e in ([1, 2, 3] | first 2) { print $e }", "1\n2\n"),
      ("let bytes = @data.txt; $bytes", "héllo\n"), ("@- | each { . }", "from stdin\n"),
    ])
  func output(script: String, expected: String) async {
    let run = await ScriptRun(
      script, arguments: ["one"], files: ["lib.mittr": "def triple(n) { $n * 3 }", "data.txt": "héllo"],
      standardInput: "from stdin")
    #expect(run.output == expected, "\(run.errors)")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test(
    "What stops a script sets the exit status",
    arguments: [("exit 7", 7), ("1 / 0", 1), ("assert false", 1), ("nope", 2), ("let x =", 2), ("exit 300", 1)]
      as [(String, Int32)])
  func status(script: String, status: Int32) async {
    #expect(await ScriptRun(script).status == status)
  }

  @Test("A failing statement leaves the output of those before it, and the rest is not run")
  func stops() async {
    let run = await ScriptRun("print 1\n1 / 0\nprint 2")
    #expect(run.output == "1\n")
  }

  @Test("An error in a sourced file shows that file")
  func errorInSourcedFile() async {
    let run = await ScriptRun("source lib.mittr; f", files: ["lib.mittr": "# a\ndef f() { 1 / 0 }"])
    #expect(run.errors.contains("lib.mittr:2:13"), "\(run.errors)")
  }

  @Test("Endless recursion is an error, not a crash")
  func recursion() async {
    let run = await ScriptRun("def f() { f }\nf")
    #expect(run.errors.hasPrefix("error[too-deep]"), "\(run.errors)")
    #expect(run.status == 1)
  }
}
