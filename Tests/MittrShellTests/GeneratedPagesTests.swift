import Basics
import Foundation
import Interpreter
import MittrSDK
import ShellCommands
import TestSupport
import Testing

@testable import MittrShell

@Suite("What is made from the declarations")
struct GeneratedPagesTests {
  private static let options = [
    "-c", "--sandbox", "--base-url", "--profile", "--output", "--color", "--var", "--check", "--dry-run", "--yes",
    "--errors", "--no-config", "--version", "--help",
  ]

  private static func answer(_ arguments: String...) throws -> String {
    guard case .answer(let text) = ShellOptions.parsed(arguments) else { throw TestFailure("no answer") }
    return text
  }

  @Test("the version stands once, and the change log has it first")
  func version() throws {
    #expect(try Self.answer("--version") == "mittr \(ReleaseVersion.text)\n")
    #expect(Mittr.version == ReleaseVersion.text)
    #expect(try Self.answer("--manual").contains("mittr \(ReleaseVersion.text)"))
    let path = ReadmeTests.root + "/.github/CHANGELOG.md"
    let log = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    let entries = log.split(separator: "\n").filter { $0.hasPrefix("## [") }
    #expect(entries.first?.hasPrefix("## [\(ReleaseVersion.text)]") == true)
  }

  @Test("a completion script knows every option", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Self.answer("--completions", shell)
    for option in Self.options {
      // fish names options without their hyphens.
      #expect(script.contains(shell == "fish" ? String(option.drop { $0 == "-" }) : option), "\(option)")
    }
    #expect(!script.contains("sandbox-file"))
  }

  @Test("bash reads its completion script")
  func bashSyntax() throws {
    let folder = try TemporaryFolder()
    let script = folder.write(try Self.answer("--completions", "bash"), to: "completions")
    let bash = try Process.run(URL(filePath: "/bin/bash"), arguments: ["-n", script])
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }

  @Test("zsh completes by its script")
  func zsh() throws {
    let script = try Self.answer("--completions", "zsh")
    // zsh refuses a second definition of the remaining words.
    #expect(script.split(separator: "\n").count { $0.contains("'*:") && $0.contains("words") } == 1)
    #expect(!script.contains("'(-)*::") && !script.contains("'(-):"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh") else { return }
    let folder = try TemporaryFolder()
    let file = folder.write(script, to: "_mittr")
    let zsh = try PseudoTerminal(
      ["/usr/bin/zsh", "-f", "-i"], prompt: "zsh>", environment: ["PS1": "zsh> ", "HOME": folder.path])
    try zsh.waitForPrompt()
    zsh.type("autoload -U compinit; compinit -u -D; source \(file); compdef _mittr mittr; clear\r")
    try zsh.wait(for: "a clear screen") { $0.lines == ["zsh>"] }
    zsh.type("mittr --completi\t")
    try zsh.wait(for: "the option") { $0.currentLine.hasPrefix("zsh> mittr --completions") }
    zsh.type("z\t")
    try zsh.wait(for: "its value") { $0.currentLine.hasPrefix("zsh> mittr --completions zsh") }
    #expect(!zsh.screen.allLines.contains { $0.contains("doubled") })
  }

  @Test("fish completes by its script")
  func fish() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/fish") else { return }
    let folder = try TemporaryFolder()
    let file = folder.write(try Self.answer("--completions", "fish"), to: "mittr.fish")
    let fish = Process()
    fish.executableURL = URL(filePath: "/usr/bin/fish")
    fish.arguments = ["--no-config", "-c", "source \(file); complete -C 'mittr --completi'"]
    fish.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
    let pipe = Foundation.Pipe()
    fish.standardOutput = pipe
    try fish.run()
    let answer = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    fish.waitUntilExit()
    #expect(answer.contains("--completions"))
  }

  @Test("another shell is a mistake that names those there are")
  func unknownShell() {
    guard case .mistake(let text) = ShellOptions.parsed(["--completions", "tcsh"]) else {
      Issue.record("taken")
      return
    }
    #expect(text.contains("bash") && text.contains("zsh") && text.contains("fish"))
  }

  @Test("the manual page holds every option and every command")
  func manual() throws {
    let page = try Self.answer("--manual")
    let words = page.replacing("\\-", with: "-")
    for option in Self.options { #expect(words.contains(option), "\(option)") }
    for command in CommandRegistry.shell.commands {
      #expect(words.contains("\n.B \(command.name)"), "\(command.name)")
      #expect(words.contains(command.summary.replacing("\"", with: "\\(dq")), "\(command.name)")
    }
  }

  @Test("no line of text is taken for a request")
  func requests() throws {
    let known = [".TH", ".SH", ".SS", ".PP", ".TP", ".B ", ".RS", ".RE", ".nf", ".fi"]
    for line in try Self.answer("--manual").split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(known.contains { line.hasPrefix($0) }, "\(line)")
    }
  }
}
