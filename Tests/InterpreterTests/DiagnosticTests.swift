import Interpreter
import Testing

@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("A diagnostic shows its code, place, line, caret and advice")
  func drawing() async {
    let run = await ScriptRun("[1]\n  | frist 2")
    #expect(
      run.errors == """
        error[unknown-command]: there is no command 'frist'
         --> test.mittr:2:5
        2 |   | frist 2
          |     ^^^^^ did you mean first?

        """)
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test(
    "Mistakes are found before anything runs",
    arguments: [
      ("print 1; frist", "unknown-command"), ("[1] | sort-by . --dsc", "unknown-flag"),
      ("print $nope", "unknown-variable"),
      ("[1] | first x", "bad-argument"), ("[1] | first 1 2", "unexpected-argument"),
      ("[1] | where", "missing-argument"),
      ("where true", "needs-input"), ("[1] | help", "takes-no-input"), ("[1] | 2", "expected-command"),
      ("1 +", "unexpected-end"), ("\"abc", "unterminated-string"), ("(1", "unexpected-end"), ("1)", "unexpected-token"),
      ("{a 1}", "unexpected-token"), ("[1 2]", "unexpected-token"), (#""\x""#, "bad-escape"),
      (#""\ud80""#, "bad-escape"),
      ("1 == failed", "bare-word"), ("1 < 2 < 3", "chained-comparison"), ("let if = 1", "reserved-word"),
      ("def first() { 1 }", "name-taken"), ("x = 5", "unknown-command"), ("print a$env", "mixed-word"),
      ("print a\"b\"", "mixed-word"), ("$env.a-b", "ambiguous-minus"), ("[1] | first .n", "not-per-item"),
      ("[1] | get", "missing-argument"), ("open", "missing-argument"), ("open x --as", "missing-value"),
      ("open x --as yaml", "bad-argument"),
    ])
  func syntax(script: String, code: String) async {
    let run = await ScriptRun("print \"ran\"\n" + script)
    #expect(run.errors.contains("error[\(code)]"), "\(run.errors)")
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test(
    "A bracket that is not closed is shown where it was opened",
    arguments: [
      ("[1, 2", 1, 1), ("print (1 + (2\n", 1, 12), ("def f() {\n  if true {\n    1\n  }\n", 1, 9),
      ("let x = {a: 1,\n", 1, 9),
      ("$args[0", 1, 6),
    ])
  func openers(script: String, line: Int, column: Int) async {
    let run = await ScriptRun(script)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.contains { $0.hasSuffix("--> test.mittr:\(line):\(column)") }, "\(run.errors)")
    #expect(lines.last?.hasSuffix("^ opened here") == true, "\(run.errors)")
  }

  @Test("All mistakes are reported, each statement by itself")
  func recovery() async {
    let run = await ScriptRun("frist\nlet x = )\nif true { nope; print $zzz }\nprint 1")
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("error[") }.count == 4, "\(run.errors)")
  }

  @Test("A field that no item has is warned about once, with the nearest that exists")
  func unknownField() async {
    let run = await ScriptRun("[{eventType: 1}, {eventType: 2}] | where .evenType == 1 | count")
    #expect(run.output == "0\n")
    #expect(run.errors.contains("no item has 'evenType'"))
    #expect(run.errors.contains("did you mean 'eventType'?"))
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("warning[") }.count == 1)
    #expect(run.status == 0)
  }

  @Test("A field that some item has is not warned about")
  func knownField() async {
    #expect(await ScriptRun("[{a: 1}, {b: 2}] | where .b == 2").errors == "")
  }

  @Test(
    "Bytes that are no text, deep nesting and long chains are errors, not crashes",
    arguments: [
      "\u{0}", String(repeating: "[", count: 100_000), String(repeating: "{a:", count: 100_000),
      String(repeating: "(", count: 100_000), "1" + String(repeating: "+1", count: 100_000),
      String(repeating: "@", count: 100_000), "print " + String(repeating: "@", count: 100_000),
      String(repeating: "nope\n", count: 20_000), String(repeating: "not ", count: 100_000),
      String(repeating: "-", count: 100_000),
      String(repeating: "\"\\(", count: 100_000), String(repeating: "if true { ", count: 10_000),
    ])
  func hostile(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.status == 2)
    #expect(run.errors.utf8.count < 50_000)
  }

  @Test("The opener of what is not closed is shown however far above it stands, without the secrets beside it")
  func distantOpener() async {
    let script = "let a = {token: \"s3cr3t\", b: [1,\n" + String(repeating: "1, 2,\n", count: 2000)
    let run = await ScriptRun(script)
    #expect(run.errors.contains("opened here"), "\(run.errors)")
    #expect(run.errors.contains(" --> test.mittr:1:"))
    #expect(!run.errors.contains("s3cr3t"))
    #expect(run.status == 2)
  }

  @Test("Values that a loop nests without end are an error, not a crash")
  func nestedValues() async {
    for step in ["set x = [$x]", "set x = {a: $x}", "set x = ([1] | each { $x } | collect)"] {
      let run = await ScriptRun("let x = 1; for i in [\(String(repeating: "1,", count: 2000))] { \(step) }; $x")
      #expect(run.errors.hasPrefix("error[too-deep]"), "\(run.errors.prefix(200))")
      #expect(run.status == 1)
    }
  }

  @Test("On a terminal messages are broken between words, and advice that does not fit goes below")
  func broken() {
    let source = SourceText(name: "a", text: "events list | frist 3")
    let diagnostic = Diagnostic(
      .error, .unknownCommand, "there is no command 'frist', and this goes on", at: SourceSpan(14, 19),
      help: "did you mean first? help first tells more")
    func text(_ columns: Int?) -> String { DiagnosticFormatter(columns: columns).text(diagnostic, in: source) }
    #expect(
      text(40) == """
        error[unknown-command]: there is no
          command 'frist', and this goes on
         --> a:1:15
        1 | events list | frist 3
          |               ^^^^^
          help: did you mean first? help first
                tells more

        """)
    #expect(text(80) == text(nil))
    func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" }.filter { $0 != "help:" } }
    for columns in 1...100 {
      #expect(words(text(columns)) == words(text(nil)))
      let lines = text(columns).split(separator: "\n")
      for line in lines where line.hasPrefix("  ") && !line.hasPrefix("  |") {
        #expect(line.count <= columns || line.split(separator: " ").count <= 2, "\(columns): \(line)")
      }
    }
  }

  @Test("A secret of several words is hidden where the message is broken between them, too", arguments: 20...60)
  func brokenSecret(columns: Int) async {
    let run = await ScriptRun(
      #"throw "what was sent was \($args.0), which is no key of this project""#,
      arguments: ["correct horse battery"]
    ) { session in
      session.rendering.hide(["correct horse battery"])
      session.options.diagnosticFormatter = DiagnosticFormatter(columns: columns)
    }
    #expect(run.errors.contains("…"))
    for word in ["correct", "horse", "battery"] { #expect(!run.errors.contains(word), "\(run.errors)") }
  }

  @Test("A secret that the source names is hidden whole, whatever of it looks like one by itself")
  func wholeSecret() async {
    for secret in ["whsec_abcdefgh correct horse", "pass whsec_abc!word"] {
      let run = await ScriptRun("let secret = \"\(secret)\"; throw \"got \\($secret) here\"")
      #expect(run.errors.contains("got … here"), "\(run.errors)")
    }
    let sourced = await ScriptRun(
      "source 'a.mittr'", files: ["a.mittr": "[1] | where secret == \"hunter22secret\""])
    #expect(sourced.errors.contains("a field has a dot") && !sourced.errors.contains("hunter22"), "\(sourced.errors)")
  }

  @Test("Spaces of what may be copied stay, but where the line is broken")
  func spaces() {
    let failure = Failure(.thrown, "twelve letters and more: a    b", help: "\"a   b\"   c")
    #expect(
      DiagnosticFormatter(columns: 30).text(failure) == """
        error[thrown]: twelve letters
          and more: a    b
          help: "a   b"   c

        """)
  }

  @Test("An error's code from outside reaches no terminal raw")
  func hostileCode() {
    let text = DiagnosticFormatter().text(Failure("CO\u{1B}[31mDE", "x\u{202E}", help: "\u{9B}1m"))
    #expect(text == "error[CO\\e[31mDE]: x\\u{202e}\n  help: \\u{9b}1m\n")
  }

  @Test("A byte order mark in front of a script is passed over, and places are told without it")
  func byteOrderMark() async {
    #expect(await ScriptRun("\u{FEFF}print 1").output == "1\n")
    #expect(await ScriptRun("\u{FEFF}frist").errors.contains("--> test.mittr:1:1\n1 | frist\n"))
    let sourced = await ScriptRun("source 'a.mittr'; print $x", files: ["a.mittr": "\u{FEFF}let x = 5"])
    #expect(sourced.output == "5\n", "\(sourced.errors)")
  }

  @Test("A script in UTF-16 is read by its byte order mark", arguments: [true, false])
  func utf16(isBigEndian: Bool) {
    let units = Array("\u{FEFF}print \"né🚀\"".utf16)
    let bytes = units.flatMap {
      isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
    }
    #expect(SourceText(name: "a", bytes: bytes).bytes == Array("print \"né🚀\"".utf8))
  }

  @Test("Every prefix of a script gives diagnostics or runs")
  func prefixes() async {
    let script =
      #"let x = [1, {"a": "é\(1 + (2))"}]; def f(a, b = 1) { if $a { $b } else { return 2 } }; try { f 1 } catch e { $e.code } # end"#
    for length in 0..<script.count { _ = await ScriptRun(String(script.prefix(length))).status }
    #expect(await ScriptRun(script).output == "1\n")
  }

  @Test("Text that only stops too early is told apart from text that is wrong")
  func incompleteness() {
    let context = ParsingContext(registry: CommandRegistry(Command.general), mode: .interactive)
    func isIncomplete(_ text: String) -> Bool {
      Parser.parse(SourceText(name: "", text: text), in: context).isIncomplete
    }
    for text in ["[1,", "{a: 1", "(1", "[1] |", "1 +", "\"a", "if true {", "let x =", "def f(", "for x in [1] {"] {
      #expect(isIncomplete(text), "\(text)")
    }
    for text in ["[1]", "nope", "[1 2", ")", "1 + )", "[1] | first"] { #expect(!isIncomplete(text), "\(text)") }
  }
}
