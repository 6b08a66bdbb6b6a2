import Interpreter
import MittrSDK
import MittrSandbox
import ShellCommands
import Testing

@Suite("The examples in the commands' help")
struct ExampleTests {
  private static let commands = Command.platform + Command.profiles + Command.viewing + Command.outward
  static let examples =
    (commands.flatMap { $0.examples } + CommandRegistry.shell.vocabulary.firstSteps
    + CommandRegistry.shell.vocabulary.sandboxSteps).map(\.script)

  @Test("each runs without an error on the sandbox with its demo data", arguments: examples)
  func example(script: String) async throws {
    try await Sandbox.with(.demo) { sandbox in
      let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      let run = await CommandRun(
        script, client, now: 1_767_225_600,
        // Only where it is needed: most examples are those of a script, in which nobody can be asked.
        prompter: script.hasPrefix("profile add") ? KeyTypist("mtr_typed") : nil, browser: ScriptedBrowser(),
        tour: ScriptedTour(),
        aliases: Aliases(), transcript: MemoryTranscript(), programs: EchoingPrograms(), clipboard: MemoryClipboard())
      await client.shutdown()
      #expect(run.status == 0, "\(run.errors)")
      #expect(!run.errors.contains("error["))
      #expect(!run.errors.contains("warning[unknown-field]"))
    }
  }

  @Test("every command has two")
  func coverage() {
    for command in Self.commands { #expect(command.examples.count >= 2, "\(command.name)") }
  }
}
