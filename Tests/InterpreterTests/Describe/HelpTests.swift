import Basics
import Testing

@testable import Interpreter

@Suite("Help")
struct HelpTests {
  private static let registry = CommandRegistry(Command.general)

  @Test("Every page fits 80 columns and ends its lines", arguments: HelpPage.subjects(in: registry))
  func width(subject: String) throws {
    let page = try #require(HelpPage.page(for: subject, in: Self.registry))
    #expect(page.hasSuffix("\n") && !page.hasSuffix("\n\n"))
    for line in page.split(separator: "\n") {
      #expect(DisplayWidth.width(String(line)) <= 80, "\(line)")
      #expect(!line.hasSuffix(" "), "\(line)")
    }
  }

  @Test("The overview fits a screen, the language two")
  func height() {
    let overview = HelpPage.overview(of: Self.registry).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(overview.count <= 24)
    #expect(overview.allSatisfy { DisplayWidth.width(String($0)) <= 80 })
    #expect(LanguagePage.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 50)
  }

  @Test("Every word that starts a statement has a page, and so has every keyword", arguments: Keyword.allCases)
  func words(keyword: Keyword) async {
    let run = await ScriptRun("help \(keyword.rawValue)")
    #expect(run.status == 0 && run.output.contains(keyword.rawValue), "\(run.errors)")
  }

  @Test(
    "Every example of a statement runs, and gives what its page says",
    arguments: StatementPage.all.flatMap { $0.examples })
  func examples(example: Command.Example) async {
    let run = await ScriptRun(
      example.script, files: ["library.mittr": "def greet(name) { print \"hello \\($name)\" }"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "")
    if let result = example.result { #expect(run.output == result + "\n") }
  }

  @Test(
    "A long example goes on in further lines, and still means the same",
    arguments: [
      (#"[{name: "a|b", n: 1}, {name: "c", n: 2}] | where .n > 0 | select name n | each { .name } | count"#, 2),
      (
        "def long(first = 1, second = 2) { $first + $second }\nlong --first \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" --second \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"",
        3
      ),
      (
        #"print {"first": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "second": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}.first"#,
        2
      ),
    ])
  func longExamples(script: String, lines: Int) async {
    let text = TextLayout.script(script, indent: 2)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.split(separator: "\n").count == lines)
    let (whole, broken) = (await ScriptRun(script), await ScriptRun(text))
    #expect(whole.output == broken.output && whole.status == broken.status && whole.status == 0, "\(broken.errors)")
  }

  @Test("Help for what does not exist names the nearest")
  func unknown() async {
    let run = await ScriptRun("help langage")
    #expect(run.errors.contains("did you mean language?"))
    #expect(run.status == 1)
  }

  @Test("The reference has every command, parameter, example, statement and operator")
  func reference() {
    let page = ReferencePage.text(of: Self.registry)
    for command in Self.registry.commands {
      #expect(page.contains("\n### `\(command.name)`\n"))
      for parameter in command.parameters { #expect(page.contains("| `\(parameter.label)"), "\(parameter.label)") }
      for example in command.examples { #expect(page.contains(example.script)) }
    }
    for statement in StatementPage.all {
      for word in statement.words { #expect(page.contains("`\(word)`")) }
      for example in statement.examples { #expect(page.contains(example.script)) }
    }
  }

  @Test("Every row of a table in the reference has as many cells as its head, and every fence is closed")
  func markdown() {
    var columns: Int?
    var isInFence = false
    for line in ReferencePage.text(of: Self.registry).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isInFence.toggle() }
      guard !isInFence, line.hasPrefix("|") else {
        columns = nil
        continue
      }
      var count = 0
      var previous: Character = " "
      for character in line {
        if character == "|", previous != "\\" { count += 1 }
        previous = character
      }
      #expect(count == columns ?? count, "\(line)")
      columns = count
    }
    #expect(!isInFence)
  }
}
