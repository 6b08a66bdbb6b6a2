import Testing

@testable import Interpreter

/// Long and deep texts: a diagnostic or a result, in time that grows with the length alone. What is quadratic shows as
/// minutes.
@Suite("Hostile input")
struct HostileInputTests {
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  @Test(
    "Thirty thousand of any sign, thousands of any phrase",
    arguments: [
      "(", ")", "[", "]", "{", "}", "\"", "'", "\"\\(", "\\(", "not ", "-", "- ", "?? ", "1 ?? ", "if true {",
      "if true {}",
      "if true {} else ", "def f() {", "for x in [1] {", "try {", "a|", "[1]|", "[1] | each { . } |", ".a", "[0]",
      ".a?", "$",
      "$x", "$x[", "(1)+", "(1 | count) + ", "@", "--a ", "--", ",", "[1],", "{a: 1},", "{a: [", "([", "({a:(", ";",
      "\n",
      "1;", "| ", "\n|", "\\\n", "#", " #\n", "\"a\"", "1 ", "a ", "=", "==", "1 == ", "let x = ", "set x = ",
      "return ",
      "nope\n", "let x = (\n", "let x = {\n", "let x = [1 2\n", "}\n", "print $x; ", "f 1; ", "source a;", "catch",
      "else ",
    ])
  func many(piece: String) async {
    let count = piece.utf8.count == 1 ? 30_000 : piece.utf8.count == 2 ? 10_000 : 3000
    for text in [Self.times(count, piece), "[1] | each { " + Self.times(1500, piece)] {
      for mode in [ParsingContext.Mode.script, .interactive] {
        let source = SourceText(name: "", text: text)
        let result = Parser.parse(source, in: ParsingContext(registry: CommandRegistry(Command.general), mode: mode))
        for diagnostic in result.diagnostics {
          #expect(DiagnosticFormatter().text(diagnostic, in: source).utf8.count < 10_000)
        }
      }
    }
  }

  @Test(
    "Long lines of one thing",
    arguments: [
      ("print ", "w", ""), ("print \"", "w", "\""), ("print \"", "\\n", "\""), ("print \"", "\\(1)", "\""),
      ("# ", "w", ""),
      ("print [", "1,", "1]"), ("print [", "{\"a\": 1},", "2]"), ("print [", "(1),", "1]"), ("print ", "7", ""),
      ("print -", "7", ""), ("[", "1e9,", "1] | count"), ("print '", "w", "'"), ("", "let x = 1;", "print $x"),
      ("print ", "1;print ", "2"), ("let x = {", "\"a\": {b: 1},", "c: 2}"), ("print ", "w-", "w"),
      ("print ", "a.b/", "c"),
    ])
  func long(start: String, piece: String, end: String) async {
    let count = 300_000 / max(1, piece.utf8.count)
    let source = SourceText(name: "", text: start + Self.times(count, piece) + end)
    let result = Parser.parse(source, in: ParsingContext(registry: CommandRegistry(Command.general)))
    #expect(result.diagnostics == [])
  }

  @Test(
    "What nests or chains just within the bounds runs",
    arguments: [
      ("1" + times(250, "+1"), "251"), (times(60, "(") + "1" + times(60, ")"), "1"),
      ("[1]" + times(250, "|each{.}"), "1"), (times(40, "(1 + ") + "1" + times(40, ")"), "41"),
      (times(60, "if true { ") + "1" + times(60, "}"), "1"),
      ("if false { 1 }" + times(120, " else if false { 1 }") + " else { 2 }", "2"),
      ("let x = " + times(500, "[") + times(500, "]") + "; 1", "1"), ("[1] | get ." + times(2000, "[0]?"), "null"),
    ])
  func bounds(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors.prefix(300))")
  }

  @Test(
    "Operators and stages that build on each other are bounded together, wherever brackets stand",
    arguments: [
      "1" + times(1001, "+1"), times(50, "(") + "1" + times(50, times(20, "+1") + ")"),
      "[1]" + times(1001, "|each{.}"), times(50, "(") + "[1]" + times(50, times(20, "|each{.}") + ")"),
      times(20, "(if true { ") + "1" + times(20, times(20, "+1") + " })"),
    ])
  func height(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.contains("error[expression-too-long]"), "\(run.errors.prefix(300))")
    #expect(run.status == 2)
  }

  @Test("Functions that call each other as deeply as they may, each a stage upon the one before")
  func deepFunctions() async {
    let stages = Self.times(100, " | each { . }")
    let run = await ScriptRun("def f(n) { if $n == 0 { [1, 2] } else { f ($n - 1)\(stages) } }\nf 250 | count")
    #expect(run.output == "2\n", "\(run.errors.prefix(300))")
    #expect(await ScriptRun("def f(n) { f ($n + 1)\(stages) }\nf 1").errors.hasPrefix("error[too-deep]"))
  }

  @Test(
    "Thousands of pipelines within one value are run once each",
    arguments: [
      ("[", "([1] | count),", "] | sum"), ("\"", "\\([1] | count)", "\" | count"),
      ("[", "[([1] | count)],", "] | count"),
    ])
  func manyEffects(start: String, piece: String, end: String) async {
    let run = await ScriptRun(start + Self.times(5000, piece) + end)
    #expect(run.errors == "")
    #expect(["5000\n", "1\n"].contains(run.output))
  }

  @Test("A name that is a megabyte long is cut in every message")
  func longNames() async {
    let name = Self.times(1_000_000, "n")
    for script in [
      name, "print $\(name)", "let \(name)-a = 1", "[1] | first --\(name)", "print (1 == \(name))",
      "let x = .a.\(name)-b",
      "1 + 0\(Self.times(100_000, "7"))", "help \(name)", "let \(name) = 1; print $\(name)x",
    ] {
      let run = await ScriptRun(script)
      #expect(run.errors.hasPrefix("error["), "\(script.prefix(20))")
      #expect(
        script.hasPrefix("open") || run.errors.utf8.count < 5000, "\(script.prefix(20)): \(run.errors.utf8.count)")
    }
  }

  @Test("Twenty thousand names, and a name that is none of them")
  func manyNames() async {
    let script = (0..<20_000).map { "let x\($0) = 1\n" }.joined() + Self.times(300, "print $y1\n")
    let run = await ScriptRun(script)
    #expect(run.errors.hasSuffix("and more than 200 further errors\n"), "\(run.errors.suffix(200))")
  }

  @Test("More errors than are shown are counted")
  func omission() async {
    let run = await ScriptRun(Self.times(23, "nope\n"))
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("error[") }.count == 20)
    #expect(run.errors.hasSuffix("and 3 further errors\n"))
    #expect(await ScriptRun(Self.times(21, "nope\n")).errors.hasSuffix("and 1 further error\n"))
    #expect(await !ScriptRun(Self.times(20, "nope\n")).errors.contains("further"))
  }

  @Test("A script that is too large, and one that is no text")
  func wrongFiles() {
    let context = ParsingContext(registry: CommandRegistry(Command.general))
    let large = SourceText(name: "", bytes: Array(repeating: 0x20, count: Parser.maximumLength + 1))
    #expect(Parser.parse(large, in: context).diagnostics.map { $0.code } == ["script-too-large"])
    let binary = SourceText(name: "", bytes: [0x7F, 0x45, 0x4C, 0x46, 0x00, 0xFF])
    #expect(Parser.parse(binary, in: context).diagnostics.map { $0.code } == ["not-text"])
  }
}
