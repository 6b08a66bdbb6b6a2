import Basics
import LineEditor
import ShellCommands
import Testing

@testable import Interpreter
@testable import MittrShell

/// The pages of all that the shell has; `InterpreterTests` looks closer at those of the language.
@Suite("The shell's help")
struct ShellHelpTests {
  @Test("Every page fits 80 columns", arguments: HelpPage.subjects(in: .program))
  func width(subject: String) throws {
    let page = try #require(HelpPage.page(for: subject, in: .program))
    for line in page.split(separator: "\n") {
      // A signature cannot be broken.
      let isOneWord = line.split(separator: " ").contains { $0.count > 60 }
      #expect(isOneWord || DisplayWidth.width(String(line)) <= 80, "\(line)")
    }
  }

  @Test("The overview fits a screen of 24 lines and 80 columns, with the prompt behind it")
  func overview() {
    let lines = HelpPage.overview(of: .program).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { DisplayWidth.width(String($0)) <= 80 })
    let names = Set(lines.flatMap { $0.split { " |".contains($0) } }.map(String.init))
    for command in CommandRegistry.shell.commands {
      #expect(command.name.split(separator: " ").allSatisfy { names.contains(String($0)) }, "\(command.name)")
    }
  }

  @Test("help editing tells each key that is bound, and what it does")
  func editing() throws {
    let page = try #require(HelpPage.page(for: "editing", in: .program))
    let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for entry in KeyHelp.emacs + KeyHelp.viCommandMode {
      let summary = entry.summary.prefix(1).lowercased() + entry.summary.dropFirst()
      #expect(words.contains("\(entry.keys.joined(separator: ", ")) \(summary)"), "\(entry)")
    }
    #expect(HelpPage.overview(of: .program).contains("editing"))
    #expect(HelpSearch(registry: .program).hits(for: "keys at the prompt").first?.name == "editing")
  }

  @Test("help finds an alias, and says what it stands for")
  func alias() {
    let own = [HelpEntry(name: "fl", summary: "an alias for events list --status failed")]
    let search = HelpSearch(registry: .program, own: own)
    #expect(search.hits(for: "fl").first?.name == "fl")
    #expect(search.hits(for: "alias").map { $0.name }.suffix(2) == ["alias", "fl"])
  }

  @Test("The hidden option --reference writes every command's page as Markdown")
  func reference() async throws {
    let result = try await InProcessShell.run(["--reference"], folder: GoldenCase.folder)
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.hasPrefix("# mittr: the reference\n"))
    for command in CommandRegistry.shell.commands {
      #expect(result.output.contains("\n### `\(command.name)`\n"))
      for example in command.examples { #expect(result.output.contains(example.script)) }
    }
  }
}
