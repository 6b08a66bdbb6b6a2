import TestSupport
import Testing

@Suite("Registration")
struct RegistrationTests {
  @Test("Every file that declares a command is on the list", arguments: CommandFiles.declarations(in: "ShellCommands"))
  func listed(name: String) {
    #expect(CommandFiles.text(of: "Registry/ShellCommands.swift", in: "ShellCommands").contains("\(name)."))
  }

  @Test("There are such files")
  func count() { #expect(CommandFiles.declarations(in: "ShellCommands").count >= 12) }
}
