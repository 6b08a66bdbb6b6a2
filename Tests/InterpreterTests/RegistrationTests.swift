import TestSupport
import Testing

@Suite("Registration")
struct RegistrationTests {
  @Test("Every file that declares a command is on the list", arguments: CommandFiles.declarations(in: "Interpreter"))
  func listed(name: String) {
    #expect(CommandFiles.text(of: "Commands/GeneralCommands.swift", in: "Interpreter").contains("\(name).command"))
  }

  @Test("There are such files")
  func count() { #expect(CommandFiles.declarations(in: "Interpreter").count >= 14) }
}
