import Basics
import OrderedJSON
import Testing

@testable import Interpreter

@Suite("Text and time commands")
struct TextCommandTests {
  @Test(
    "Results",
    arguments: [
      (#""straße" | upper"#, "STRASSE"), (#""ÀÉ" | lower"#, "àé"), (#"" \t\u00a0x y\r\n" | trim"#, "x y"),
      (#""  " | trim"#, ""),
      (#""a.b" | split ".""#, #"["a","b"]"#), (#""aaa" | split "aa""#, #"["","a"]"#), (#""" | split """#, "[]"),
      (#""" | split ",""#, #"[""]"#),
      (#""aXbxc" | split '(?i)x' --regex"#, #"["a","b","c"]"#), (#""axb" | split 'x*' --regex"#, #"["a","b"]"#),
      (#"",a," | split '\W' --regex"#, #"["","a",""]"#),
      (#"["a", 1.50, false, null] | join """#, "a1.50false"), ("[] | join", ""), ("[null, null] | join \",\"", ","),
      (#""aaaa" | replace aa b"#, "bb"), (#""aaa" | replace a aa"#, "aaaaaa"), (#""x" | replace y z"#, "x"),
      (#""é1" | replace '' '·' --regex"#, "·é·1·"),
      (#""ab" | replace '(?<x>a)(b)?' '${x}1$2$0$$' --regex"#, "a1bab$"),
      (#""a" | replace '(a)|(b)' '[$2]' --regex"#, "[]"),
      (#""a1b2" | replace '\d' '' --regex --first"#, "ab2"), (#""🇫🇷👨‍👩‍👧e\u0301" | length"#, "3"),
      (#"[[1, 2], [], "", {}] | length"#, "2\n0\n0\n0"),
      (#""1e400" | parse number"#, "1e400"), (#""[1, {\"a\": 2.0}]" | parse json"#, #"[1,{"a":2.0}]"#),
      (#""1970-01-01T00:00:00.010Z" | parse time"#, "0.01"),
      (#""a=1&a=2&&b&=3&c=%C3%A9" | parse query"#, #"{"a":"2","b":"","":"3","c":"é"}"#), (#""" | parse query"#, "{}"),
      (#""{x}: 1, 2" | parse "{{{key}}}: {first}, {rest}""#, #"{"key":"x","first":"1","rest":"2"}"#),
      (#""a\nb-c" | parse "{x}-{y}" | get x"#, "a\nb"),
      ("now", "2026-01-01T00:00:00.000Z"), ("now --seconds", "1767225600"), ("ago 1.5h", "2025-12-31T22:30:00.000Z"),
      ("ago 0", "2026-01-01T00:00:00.000Z"),
    ])
  func results(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "Null stays null, and one value stays one value, a stream a stream",
    arguments: [
      "upper", "lower", "trim", "split ,", "replace a b", "replace a b --regex", "length", "parse json", "parse '{a}'",
    ])
  func nullAndStreams(command: String) async {
    #expect(await ScriptRun("null | \(command)").output == "null\n")
    #expect(await ScriptRun("let x = [null] | \(command); $x").output == "[null]\n")
    #expect(await ScriptRun("let x = [] | \(command); $x").output == "[]\n")
  }

  @Test(
    "Another kind of value is an error that says what it is",
    arguments: ["upper", "lower", "trim", "split ,", "replace a b", "replace a b --regex", "parse number"])
  func wrongKinds(command: String) async {
    for (value, kind) in [("1", "a number"), ("true", "a boolean"), ("{a: 1}", "a record"), ("[[1]]", "a list")] {
      let run = await ScriptRun("\(value) | \(command)")
      #expect(
        run.errors.hasPrefix("error[type-mismatch]: '\(command.prefix { $0 != " " })' takes text, got \(kind)\n"),
        "\(run.errors)")
      #expect(run.status == 1)
    }
  }

  @Test("They pull only what is wanted, say how many, and close what is before them")
  func streaming() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | each { \"n\\(.)\" } | upper | trim | first 2", extra: [probe.command])
    #expect(run.output == "N1\nN2\n")
    #expect(probe.pulled == 2)
    #expect(probe.closed == 1)
    let asked = Probe()
    _ = await ScriptRun("numbers | parse number --or-null | first 3", extra: [asked.command])
    #expect(asked.expected == 3)
  }

  @Test("A failing join closes what is before it")
  func joinCleansUp() async {
    let probe = Probe()
    let run = await ScriptRun("numbers | each { [.] } | join", extra: [probe.command])
    #expect(run.status == 1)
    #expect(probe.closed == 1)
  }

  @Test("Long texts take time in proportion, whatever is looked for in them")
  func longTexts() async {
    let text = String(repeating: "a", count: 200_000)
    let part = String(repeating: "a", count: 50_000) + "b"
    let script = """
      let t = @long; let p = @part
      print (($t contains $p) == false) ($t | split $p | count) ($t | replace $p x | length) ($t | replace '(a+)+$' x --regex) ($t like "*\\($p)*")
      """
    let run = await ScriptRun(script, files: ["long": text, "part": part])
    #expect(run.output == "true 1 200000 x false\n", "\(run.errors)")
  }

  @Test("A text that replacements would make too long is refused")
  func tooLong() async {
    let text = String(repeating: "a", count: 20_000)
    let run = await ScriptRun("let t = @t; $t | replace a $t | length", files: ["t": text])
    #expect(run.errors.hasPrefix("error[too-long]"), "\(run.errors)")
  }

  @Test("A bad pattern made from data is an error where it stands, also when the text is null")
  func badPatterns() async {
    for script in ["[{p: \"(\"}] | where \"a\" =~ .p", "let p = \"(\"; null !~ $p"] {
      let run = await ScriptRun(script)
      #expect(run.errors.hasPrefix("error[bad-pattern]"))
      #expect(run.errors.contains(" ^^\n"), "\(run.errors)")
      #expect(run.status == 1)
    }
  }

  @Test("A bad pattern that stands in the script is found before anything runs")
  func badConstantPattern() async {
    let run = await ScriptRun("print 1; [] | where .a =~ '('")
    #expect(run.errors.hasPrefix("error[bad-pattern]"), "\(run.errors)")
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test("More patterns than are kept are compiled again")
  func manyPatterns() async {
    let patterns = (0..<200).map { "^x\($0)$" }
    for pattern in patterns + patterns {
      #expect(throws: Never.self) { try PatternCache.pattern(pattern) }
    }
    let alike = (try? PatternCache.pattern("e\u{301}"), try? PatternCache.pattern("é"))
    #expect((try? alike.0?.matches("é")) == false)
    #expect((try? alike.1?.matches("é")) == true)
  }

  @Test("A part is found where a simple search finds it")
  func search() {
    var random = SplitMix(seed: 3)
    for _ in 0..<5_000 {
      let text = (0..<random.below(20)).map { _ in ["a", "b"][random.below(2)] }.joined()
      let part = (0..<1 + random.below(5)).map { _ in ["a", "b"][random.below(2)] }.joined()
      let bytes = Array(text.utf8)
      var expected: [Range<Int>] = []
      var start = 0
      while start + part.utf8.count <= bytes.count {
        if bytes[start...].starts(with: part.utf8) {
          expected.append(start..<start + part.utf8.count)
          start += part.utf8.count
        } else {
          start += 1
        }
      }
      #expect(TextSearch(part).ranges(in: bytes) == expected, "\(part) in \(text)")
      #expect(TextSearch(part).isFound(in: text) == !expected.isEmpty)
    }
  }
}
