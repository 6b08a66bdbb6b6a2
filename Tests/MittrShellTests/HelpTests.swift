import Basics
import ShellCommands
import Testing

@testable import Interpreter

/// The pages of all that the shell has; `InterpreterTests` looks closer at those of the language.
@Suite("The shell's help")
struct ShellHelpTests {
  @Test("Every page fits 80 columns", arguments: HelpPage.subjects(in: .shell))
  func width(subject: String) throws {
    let page = try #require(HelpPage.page(for: subject, in: .shell))
    for line in page.split(separator: "\n") {
      // A signature cannot be broken.
      let isOneWord = line.split(separator: " ").contains { $0.count > 60 }
      #expect(isOneWord || DisplayWidth.width(String(line)) <= 80, "\(line)")
    }
  }

  @Test("The overview fits a screen of 24 lines and 80 columns, with the prompt behind it")
  func overview() {
    let lines = HelpPage.overview(of: .shell).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { DisplayWidth.width(String($0)) <= 80 })
    let names = Set(lines.flatMap { $0.split { " |".contains($0) } }.map(String.init))
    for command in CommandRegistry.shell.commands {
      #expect(command.name.split(separator: " ").allSatisfy { names.contains(String($0)) }, "\(command.name)")
    }
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
