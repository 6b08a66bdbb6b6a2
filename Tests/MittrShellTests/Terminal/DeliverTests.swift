import TestSupport
import Testing

@Suite("Delivering from a terminal", .timeLimit(.minutes(2)))
struct DeliverTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func shell(editor: String) throws -> PseudoTerminal {
    let shell = try PseudoTerminal.shell(home: home, environment: ["EDITOR": editor])
    try shell.enter("let hook = listen 0 --secret whsec_test | get .url; print ok", answer: "ok")
    return shell
  }

  @Test("--edit delivers what was saved, signed as it then is, and exactly the payload where nothing was changed")
  func edited() throws {
    let shell = try shell(editor: "sed -i s/7/8/")
    try shell.enter(
      "{n: 7, price: 1.10} | deliver $hook --event-type t --secret whsec_test --edit | get .status", answer: "200")
    try shell.enter("$deliveries[-1].body", answer: #"{"n":8,"price":1.10}"#)
    try shell.enter("{n: 1} | deliver $hook --event-type t --secret whsec_test --edit | get .status", answer: "200")
    try shell.enter("$deliveries[-1].body", answer: #"{"n":1}"#)
    #expect(shell.leave() == 0)
  }

  @Test("a payload that is no JSON any more is not delivered; it can be edited again")
  func noJSON() throws {
    let shell = try shell(editor: "sed -i s/7/x/")
    shell.type("{n: 7} | deliver $hook --event-type t --secret whsec_test --edit\r")
    try shell.wait(for: "the question") {
      $0.currentLine.contains("Edit it again?") || $0.currentLine.hasSuffix("[y/N]")
    }
    shell.type("n\r")
    try shell.wait(for: "the error") {
      $0.allLines.contains { $0.hasPrefix("error[bad-text]: what was saved is no JSON") }
    }
    try shell.waitForPrompt()
    try shell.enter("$deliveries | count", answer: "0")
    #expect(shell.leave() == 0)
  }

  @Test("an editor that fails delivers nothing")
  func editorFails() throws {
    let shell = try shell(editor: "false")
    shell.type("{n: 7} | deliver $hook --event-type t --secret whsec_test --edit\r")
    try shell.wait(for: "the error") { $0.allLines.contains { $0.hasPrefix("error[editor-failed]: the editor false") } }
    try shell.waitForPrompt()
    try shell.enter("$deliveries | count", answer: "0")
    #expect(shell.leave() == 0)
  }
}
