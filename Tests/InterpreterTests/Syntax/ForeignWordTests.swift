import Testing

@testable import Interpreter

@Suite("Words of other tools")
struct ForeignWordTests {
  private static let registry = CommandRegistry(Command.general)

  @Test("Every name that a hint mentions exists")
  func names() {
    let words = Keyword.allCases.map { $0.rawValue } + Operator.allCases.map { $0.sign } + Parser.statementWords
    let missing = Set(ForeignWord.all.flatMap { $0.names }).filter {
      Self.registry[$0] == nil && !Self.registry.isGroup($0) && !words.contains($0)
    }
    #expect(missing.sorted() == [])
  }

  @Test("Every hint mentions its names, is short and stands for words that mean nothing here")
  func entries() {
    for entry in ForeignWord.all {
      #expect(entry.advice.count <= 72, "\(entry.advice)")
      for name in entry.names { #expect(entry.advice.contains(name), "\(entry.advice): \(name)") }
      for word in entry.words { #expect(Self.registry[word] == nil && Keyword(rawValue: word) == nil, "\(word)") }
    }
    #expect(ForeignWord.all.flatMap { $0.words }.count >= 120)
    let all = ForeignWord.all.flatMap { $0.words }
    #expect(Set(all).count == all.count, "\(Dictionary(grouping: all) { $0 }.filter { $0.value.count > 1 }.keys)")
  }

  @Test("Every word leads to its hint where a command should stand", arguments: ForeignWord.all.flatMap { $0.words })
  func leads(word: String) async throws {
    guard word.allSatisfy({ $0.isLetter || "_-".contains($0) }), !word.hasPrefix("-"), Keyword(rawValue: word) == nil,
      Operator(rawValue: word) == nil
    else { return }
    let advice = try #require(ForeignWord.called(word)?.advice)
    for script in [word, "[1] | \(word)"] {
      let run = await ScriptRun(script)
      #expect(run.status == 2)
      #expect(run.errors.contains("^ \(advice)"), "\(run.errors)")
    }
  }

  @Test(
    "Signs and words of other languages in an expression",
    arguments: [
      ("true && false", "and joins conditions"), ("[1] | where . > 0 && . < 2", "and joins conditions"),
      ("if true || false { 1 }", "or joins conditions"), ("[1] | where . > 0 || . < 2", "or joins conditions"),
      ("[1] | where !true", "not negates"), ("!true", "not negates"), ("[1] | where > 1", "before it: . > …"),
      ("1 === 1", "== compares"),
      ("1 !== 1", "!= compares"),
      ("if 1 = 1 { 2 }", "== compares"), ("[1] | where . = 1", "== does"), ("1 <> 2", "!= means not equal"),
      ("[1] | where . <> 2", "!= means not equal"), (#""a" ~= "a""#, "=~ takes a regular expression"),
      ("[1] | where . ~ \"a\"", "=~ takes"), ("let x = 1; $x++", "set x = $x + 1"),
      ("let x = 1; $x += 2", "set x = $x + …"),
      ("x := 5", "let x = …"), ("let x := 5", "let x = … binds"), ("x => 5", "def name(x)"),
      ("[1] | each => 2", "def name(x)"),
      ("[1] | sort-by & 1", "and joins conditions"), ("`now`", "( … ) is a pipeline's result"),
      ("print `now`", "( … ) is a pipeline's result"), ("print $(now)", "( … ) is a pipeline's result"),
      ("print ${x}", "a variable is $name"), ("print $1", "$args.0"), ("print $@", "$args"),
      ("true ? 1 : 2", "if CONDITION"), ("1 // 2", "# begins a comment"), ("// comment", "# begins a comment"),
      ("2 ** 3", "no power"), ("2 ^ 3", "no power"), ("1..5", "range 1 10"), ("now > file", "| save file"),
      ("now >> file", "| save file --append"), ("print a > b.txt", "without print: … | save b.txt"),
      ("[1] | where . eq 1", "=="), ("[1] | where . is 1", "=="),
      ("[1] | where . gte 1", ">="), ("[1] | where . -eq 1", "=="), ("[1] | where . == None", "null"),
      ("[1] | where . == nil", "null"), ("[1] | where . == True", "true"), ("[1] | where true AND false", "and"),
      ("[1] | where . startswith 1", "starts-with"), ("[1] | where . not in [1]", "not goes before"),
      ("[1] | where . matches 1", "=~"), ("[1] | where . between 1", ">="),
      ("if true then { 1 }", "a block stands in braces"),
      ("if true { 1 } elif false { 2 }", "else if CONDITION"), ("try { 1 } rescue e { 2 }", "catch e { … }"),
      ("if true { 1 } elsif false { 2 }", "else if CONDITION"), ("for x of [1] { 1 }", "in"),
      ("while true { 1 }", "for x in LIST"), ("function f() { 1 }", "def name(parameter)"),
      ("var x = 5", "let NAME = VALUE"),
      ("const x = 5", "let NAME = VALUE"), ("import lib", "source FILE"),
    ])
  func signs(script: String, help: String) async {
    let run = await ScriptRun(script)
    #expect(run.status == 2)
    #expect(run.errors.contains(help), "\(run.errors)")
    #expect(run.output == "")
  }

  @Test("What the commands say of themselves leads to them, unless they change something")
  func searchWords() async {
    let extra = [
      Command(
        "melt", topic: .streams, "melts", input: .optional, result: .nothing, searchWords: ["liquefy"], examples: []
      ) { _ throws(Interruption) in .nothing },
      Command(
        "wipe", topic: .streams, "wipes", input: .optional, result: .nothing, changesData: true, searchWords: ["erase"],
        examples: []
      ) { _ throws(Interruption) in .nothing },
    ]
    #expect(await ScriptRun("liquefy", extra: extra).errors.contains("did you mean melt?"))
    #expect(!(await ScriptRun("erase", extra: extra).errors.contains("wipe")))
  }

  @Test("Signs that stand in words stay what they are")
  func words() async {
    #expect(await ScriptRun("print a&&b x=1 https://x.y/z?a=b&c=d !a").output == "a&&b x=1 https://x.y/z?a=b&c=d !a\n")
  }
}
