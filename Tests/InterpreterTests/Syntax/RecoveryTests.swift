import Testing

@testable import Interpreter

@Suite("Recovery")
struct RecoveryTests {
  @Test(
    "Each mistake is reported by itself, and none because of another",
    arguments: [
      (
        "frist\nlet x = )\nif true { nope; print $zzz }\nprint 1",
        ["1 unknown-command", "2 unexpected-token", "3 unknown-command", "3 unknown-variable"]
      ),
      ("let x = [1 2,\n 3]\nprint $x; nope", ["1 unexpected-token", "3 unknown-variable", "3 unknown-command"]),
      ("let x = (1 +\nlet y = 2\nnope", ["2 unexpected-token", "3 unknown-command"]),
      ("let x = {a: 1\nlet y = 2\nnope", ["2 unexpected-token", "3 unknown-command"]),
      ("if nope bar {\n let x = 1\n}\nfrist", ["1 bare-word", "4 unknown-command"]),
      ("if true { print (1 + }\nnope", ["1 unexpected-token", "2 unknown-command"]),
      ("if true {\n  let = 1\n  nope\n}\nfrist", ["2 unexpected-token", "3 unknown-command", "5 unknown-command"]),
      ("def f( { 1 }\nnope", ["1 unexpected-token", "2 unknown-command"]),
      ("events\nnope", ["1 unknown-command", "2 unknown-command"]),
      ("print {\n  a: 1 2,\n  source: 3\n}\nnope", ["2 unexpected-token", "5 unknown-command"]),
      ("nope {\n  print $y\n}\nfrist", ["1 unknown-command", "4 unknown-command"]),
      ("1)\n2]\n3}\nnope", ["1 unexpected-token", "2 unexpected-token", "3 unexpected-token", "4 unknown-command"]),
      ("print \"a\\x\"; print '\nprint 1", ["1 bad-escape", "1 unterminated-string"]),
      (
        "for in [1] { 1 }\nfor x of [1] { 1 }\nfor x in { 1",
        ["1 reserved-word", "2 unexpected-token", "3 unexpected-end"]
      ),
      ("try { nope } catch 1 { frist }\nnope", ["1 unknown-command", "1 unexpected-token", "2 unknown-command"]),
      ("[1] | first x | frist\nnope", ["1 bad-argument", "1 unknown-command", "2 unknown-command"]),
      ("set nope = frist\nset in = 1", ["1 unknown-variable", "1 unknown-command", "2 reserved-word"]),
      (
        "def f(a, a) { 1 }\ndef g(a = 1, b) { 1 }\ndef first() { 1 }\ndef let() { 1 }",
        ["1 duplicate-parameter", "2 missing-default", "3 name-taken", "4 name-taken"]
      ),
      ("else { 1 }\ncatch e { 1 }\nand 1", ["1 unexpected-token", "2 unexpected-token", "3 unexpected-token"]),
      ("print 1 \\\n  2\n[1]\n  | nope\n  | count\nfrist", ["4 unknown-command", "6 unknown-command"]),
    ])
  func table(script: String, expected: [String]) {
    let source = SourceText(name: "", text: script)
    let context = ParsingContext(registry: CommandRegistry(Command.general))
    let found = Parser.parse(source, in: context)
    // Where no tree is kept the same is found.
    #expect(Parser.check(source, in: context).diagnostics.map { "\($0)" } == found.diagnostics.map { "\($0)" })
    #expect(found.diagnostics.map { "\(source.position(of: $0.span.start).line) \($0.code)" } == expected)
  }

  @Test("A text that is only checked leaves no statements behind, and is held against all of its definitions")
  func checkedOnly() {
    let text = "f 1\ndef f(a, b) { if $a { nope } }\nlet x = [1] | each { . + $y }\nprint $x"
    let source = SourceText(name: "", text: text)
    let checked = Parser.check(source, in: ParsingContext(registry: CommandRegistry(Command.general)))
    #expect(checked.program.isEmpty)
    #expect(checked.hasErrors)
    #expect(
      checked.diagnostics.map { $0.code.rawValue } == ["missing-argument", "unknown-command", "unknown-variable"])
  }

  @Test(
    "Calls of the script's own functions are held against their definitions",
    arguments: [
      ("f 1\ndef f(a) { $a }", nil), ("def f(a) { $a }\nf", "missing-argument"),
      ("f 1 2\ndef f(a) { $a }", "unexpected-argument"), ("def f(a) { $a }\nf --b 1", "unknown-flag"),
      ("def f(a, b = 2) { $a }\nf --b 3 1", nil), ("def f(a, b = 2) { $a }\nf --b 3", "missing-argument"),
      ("def f(a) { $a }\nf 1 --a 2", "unexpected-argument"),
      ("def f() { 1 }\n[1] | each { f . }", "unexpected-argument"),
      ("def f(a) { if $a > 0 { f } else { 1 } }\nf 0", "missing-argument"),
      ("def f(a) { $a }\nif true { def f() { 1 } }\nf", nil),
    ])
  func functionCalls(script: String, code: String?) {
    let found = Parser.parse(
      SourceText(name: "", text: script), in: ParsingContext(registry: CommandRegistry(Command.general)))
    #expect(found.diagnostics.map { $0.code.rawValue } == (code.map { [$0] } ?? []))
  }

  @Test(
    "What a file defines is known behind its source",
    arguments: [
      ("source lib.mittr\nprint (greet \"A\") $limit", nil), ("source lib.mittr\nprint $limt", "unknown-variable"),
      ("source lib.mittr\ngreet", "missing-argument"), ("source lib.mittr\ngret 1", "unknown-command"),
      ("source outer.mittr\ngreet 1", nil), ("source outer.mittr\nprint $nope", "unknown-variable"),
      ("source none.mittr\nprint $anything; anything", nil), ("source bad.mittr", "source-failed"),
      ("source loop.mittr\nprint $l $anything", nil), ("source $args.0\nprint $anything", nil),
      ("if true { source lib.mittr; print $limit }", nil), ("print $limit\nsource lib.mittr", "unknown-variable"),
    ])
  func sourcedFiles(script: String, code: String?) {
    let files = [
      "lib.mittr": "let limit = 5\ndef greet(name) { \"hello \\($name) \\($limit)\" }",
      "outer.mittr": "source lib.mittr",
      "bad.mittr": "print 1\nnope", "loop.mittr": "let l = 1\nsource loop.mittr",
    ]
    let context = ParsingContext(
      registry: CommandRegistry(Command.general), readFile: { files[$0].map { Array($0.utf8) } })
    let found = Parser.parse(SourceText(name: "", text: script), in: context)
    #expect(found.diagnostics.map { $0.code.rawValue } == (code.map { [$0] } ?? []))
  }

  enum Line: String { case complete, incomplete, wrong }

  @Test(
    "A line is complete, asks for more, or is wrong",
    arguments: [
      ("", Line.complete), ("# comment", .complete), ("print 1", .complete), ("[1]", .complete),
      ("[1] | first", .complete),
      ("if true { 1 }", .complete), ("try { 1 }", .complete), ("def f(a) { $a }", .complete), ("return", .wrong),
      ("print 'a' # (", .complete), ("let x = 1;", .complete),
      ("[1,", .incomplete), ("[1", .incomplete), ("{a: 1", .incomplete), ("{a:", .incomplete), ("{", .incomplete),
      ("(1", .incomplete), ("print (", .incomplete),
      ("[1] |", .incomplete), ("[1] | # comment", .incomplete), ("1 +", .incomplete), ("true and", .incomplete),
      ("not", .incomplete), ("1 in", .incomplete), ("\"a\" like", .incomplete), ("1 ??", .incomplete),
      ("-", .incomplete),
      ("\"a", .incomplete), ("'a", .incomplete), ("print \"a \\(", .incomplete), ("print \"a \\(1 + ", .incomplete),
      ("print 1 \\", .incomplete), ("print 1 \\  ", .incomplete), ("let x =", .incomplete), ("set args =", .wrong),
      ("if true", .incomplete), ("if true {", .incomplete), ("if true { 1 } else", .incomplete),
      ("if true { 1 } else {", .incomplete), ("if true { 1 } else if", .wrong), ("for x in", .incomplete),
      ("for x in [1]", .incomplete), ("for x in [1] {", .incomplete), ("def f(", .incomplete),
      ("def f(a,", .incomplete),
      ("def f(a = 1)", .incomplete), ("try {", .incomplete), ("try", .incomplete), ("try { 1 } catch", .incomplete),
      ("$env[", .incomplete),
      ("[1] | each {", .incomplete), ("[1] | where . >", .incomplete), ("if true {\n  print 1\n", .incomplete),
      ("let", .wrong), ("let x", .wrong), ("for", .wrong), ("for x", .wrong), ("def", .wrong), ("def f", .wrong),
      ("nope", .wrong), ("[1 2", .wrong), (")", .wrong), ("1 + )", .wrong), ("print @", .wrong), ("print $", .wrong),
      ("| count", .wrong), ("[1]\n| count", .complete), ("[1]\n\n  | first 1\n| count", .complete),
      ("try { 1 } finally", .incomplete), ("test \"a\" {", .incomplete), ("break", .wrong),
      ("for x in [1] { break }", .complete),
      ("assert", .wrong), ("nope (", .wrong), ("if", .wrong),
    ])
  func lines(text: String, expected: Line) {
    let context = ParsingContext(registry: CommandRegistry(Command.general), mode: .interactive)
    let result = Parser.parse(SourceText(name: "", text: text), in: context)
    let line: Line = result.isIncomplete ? .incomplete : result.hasErrors ? .wrong : .complete
    #expect(line == expected, "\(result.diagnostics.map { $0.message })")
  }

  @Test(
    "A statement goes on over line breaks",
    arguments: [
      "[1,\n2]\n| count", "[1, 2] |\ncount", "1 +\n1", "print \\\n 2",
      "if true\n{\n2\n}\nelse\n{ 3 }",
      "let x =\n2\n$x", "for x in\n[2]\n{ $x }", "def f(\na,\nb = 2,\n)\n{ $b }\nf 1", "not\nnot 2\n2", "-\n-2",
      "try\n{ 1 / 0 }\ncatch\n{ 2 }", "if false { 1 }\nelse if true\n{ 2 }", "(\n1\n+ 1\n)",
      "[1, 2]\n\n# comment\n  | count",
    ])
  func continuation(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.output.hasSuffix("2\n") || run.output == "1\n", "\(run.output) \(run.errors)")
    #expect(run.errors == "")
  }
}
