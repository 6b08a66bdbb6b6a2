import Interpreter
import ShellCommands
import TestSupport
import Testing

@Suite("Suggestions for the shell's commands")
struct SuggestionSafetyTests {
  private static let commands = CommandRegistry.shell.commands
  private static let changing = commands.filter { $0.changesData }.map { $0.name }

  /// A name as it comes out of hasty fingers.
  private static func misspelt(_ name: String, _ random: inout SplitMix64) -> String {
    var letters = Array(name)
    for _ in 0...Int.random(in: 0...1, using: &random) {
      let place = Int.random(in: 0..<letters.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where letters.count > 2: letters.remove(at: place)
      case 1: letters.insert(letters[place], at: place)
      case 2: letters.swapAt(place, max(0, place - 1))
      case 3: letters[place] = Character(letters[place].uppercased())
      default: letters[place] = "x"
      }
    }
    return String(letters)
  }

  @Test("However a command is misspelt, none that changes something is suggested", arguments: 1...20)
  func misspelt(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var suggestions = 0
    for command in Self.commands {
      let source = SourceText(name: "line", text: Self.misspelt(command.name, &random) + " x")
      let result = Parser.parse(source, in: ParsingContext(registry: .shell))
      for help in result.diagnostics.compactMap({ $0.help }) where help.hasPrefix("did you mean ") {
        let named = help.dropFirst("did you mean ".count).prefix { $0 != "?" }.split(separator: " or ").map(String.init)
        suggestions += 1
        for name in named { #expect(!Self.changing.contains(name), "\(help)") }
      }
    }
    #expect(suggestions > 0)
  }

  @Test("Where words stand in the wrong order or a pipe is missing, no command is proposed that changes something")
  func displaced() {
    let words = Set(
      Self.commands.flatMap { [$0.name] + $0.name.split(separator: " ").map(String.init) + $0.searchWords })
    let groups = Set(Self.commands.compactMap { $0.name.split(separator: " ").first }.map(String.init))
    var proposed = 0
    func check(_ line: String) {
      let source = SourceText(name: "line", text: line)
      let result = Parser.parse(source, in: ParsingContext(registry: .shell))
      for help in result.diagnostics.compactMap({ $0.help }) {
        for start in ["did you mean ", "a pipe goes before it: … | "] where help.hasPrefix(start) {
          let named = help.dropFirst(start.count).prefix { $0 != "?" }.split(separator: " or ").map(String.init)
          proposed += 1
          for name in named { #expect(!Self.changing.contains(name), "\(line): \(help)") }
        }
      }
    }
    for word in words.sorted() {
      for group in groups.sorted() { check("\(word) \(group) x") }
      check("events list \(word) x")
      check("events list | get .id \(word)")
    }
    #expect(proposed > 50)
  }
}
