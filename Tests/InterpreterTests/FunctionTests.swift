import Interpreter
import TestSupport
import Testing

@Suite("Functions")
struct FunctionTests {
  @Test(
    "A function that takes its input's items one by one pulls no more than is wanted",
    arguments: [
      ("def f() { $in | each { . * 2 } }\nnumbers | f | first 2", "2\n4\n"),
      ("def f(n) { let m = $n; $in | first $m }\nnumbers | f 2", "1\n2\n"),
      ("def f() { for x in $in { $x } }\nnumbers | f | first 2", "1\n2\n"),
      ("def f() { for x in ($in | where . > 0) { $x; if $x == 2 { return } } }\nnumbers | f", "1\n2\n"),
      ("def f() { $in | g }\ndef g() { $in | each { . } }\nnumbers | f | first 2", "1\n2\n"),
      ("def f() { let two = $in | first 2; $two | count }\nnumbers | f", "2\n"),
      ("def f() { let n = ($in | first 2 | count); $n }\nnumbers | f", "2\n"),
      ("def f() { 0; $in | each { . } }\nnumbers | f | first 3", "0\n1\n2\n"),
      ("def f() { $in | each { if . == 2 { return \"end\" }; . } }\nnumbers | f", "1\nend\n"),
      ("def f() { try { $in | each { . } } catch { 0 } }\nnumbers | f | first 2", "1\n2\n"),
      ("def f(n) { if $n > 1 { let x = $in | first $n; $x } else { 0 } }\nnumbers | f 2", "[1,2]\n"),
      ("def f() { return $in | first 2 }\nnumbers | f", "[1,2]\n"),
    ])
  func lazyInput(script: String, expected: String) async {
    let probe = Probe()
    let run = await ScriptRun(script, extra: [probe.command])
    #expect(run.output == expected, "\(run.errors)")
    #expect(probe.pulled == 2)
    #expect(probe.closed == 1)
  }

  @Test(
    "Input that a function never comes to is closed, and nothing is pulled",
    arguments: [
      ("def f(n) { if $n == 1 { return 5 }; $in | each { . } }\nnumbers | f 1", "5\n"),
      ("def f() { 1; $in | each { . } }\nnumbers | f | first 1", "1\n"),
      ("def f() { 1 }\nnumbers | f", ""), ("def f() { if false { $in | each { . } } else { 2 } }\nnumbers | f", "2\n"),
      ("def f() { def g() { $in | each { . } }; g | count; $in | each { . } }\nnumbers | f | first 1", "1\n"),
      ("def f(n) { $in | first $n }\nnumbers | f (1 / 0)", ""),
      ("def f() { 1 / 0; $in | each { . } }\ntry { numbers | f } catch { \"caught\" }", "caught\n"),
    ])
  func unusedInput(script: String, expected: String) async {
    let probe = Probe()
    let run = await ScriptRun(script, extra: [probe.command])
    #expect(run.output == expected, "\(run.errors)")
    #expect(probe.pulled == 0)
    #expect(probe.closed == 1)
  }

  @Test(
    "How many items are wanted is passed on through a function and a try",
    arguments: ["def f() { $in | get . }\nnumbers | f | first 3", "try { numbers } catch { 0 } | first 3"])
  func expectation(script: String) async {
    let probe = Probe()
    _ = await ScriptRun(script, extra: [probe.command])
    #expect(probe.expected == 3)
  }

  @Test("A return in what a function was given ends that other function, not this one")
  func returnsPassThrough() async {
    let run = await ScriptRun(
      """
      def outer() { [1, 2, 3] | each { if . == 2 { return "outer" }; . } | inner; "never" }
      def inner() { for x in $in { $x * 10 }; "never" }
      outer
      "next"
      """)
    #expect(run.output == "10\nouter\nnext\n", "\(run.errors)")
  }

  @Test("Gathering in a list or a string takes time in proportion to its length")
  func gathering() async {
    let probe = Probe()
    let run = await ScriptRun(
      """
      let list = []
      let text = ""
      for n in (numbers | first 20000) { set list = $list + [$n]; set text = $text + "x" + "y" }
      $list | count
      let whole = $text
      set text = $text + "z"
      $whole == $text
      """, extra: [probe.command])
    #expect(run.output == "20000\nfalse\n", "\(run.errors)")
  }

  @Test("An error in a sourced function shows that file, whether it yields one value or many")
  func places() async {
    for body in ["1 / 0", "1; 1 / 0", "[1] | each { . / 0 }", "return 1 / 0", "for n in [0] { 1 / $n }"] {
      let run = await ScriptRun("source lib.mittr; f", files: ["lib.mittr": "\n\n\ndef f(n = 5) { \(body) }"])
      #expect(run.errors.contains("--> lib.mittr:4:"), "\(run.errors)")
    }
    let run = await ScriptRun("source lib.mittr\nf", files: ["lib.mittr": "\n\n\ndef f(n = 1 / 0) { $n }"])
    #expect(run.errors.contains("--> lib.mittr:4:13"), "\(run.errors)")
  }

  @Test("Many frames of many blocks are an error in the end, not a crash")
  func deepFrames() async {
    let nest = String(repeating: "if true { (", count: 20) + "f" + String(repeating: ") }", count: 20)
    let run = await ScriptRun("def f() { \(nest) }\nf")
    #expect(run.errors.hasPrefix("error[too-deep]"), "\(run.errors.prefix(300))")
  }
}
