import Basics
import OrderedJSON
import TestSupport
import Testing

@testable import Interpreter

/// Made-up values, letters and lines.
extension CompleterTests {
  private static let pieces = [
    "a", "b7", " ", "'", "\"", "\\", "\\(x)", "$x", "日本", "é", "e\u{301}", "-", ".", ",", "]", "}", "|", "#", "\n",
    "\t",
    "true", "0", "\u{1B}[31m", "\u{202E}", "👍🏽",
  ]

  @Test("a compared value that is offered is one that was there, however it is written", arguments: 1...20)
  func comparedReadBack(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<6).map { _ in
      (0...Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    }
    let list = JSONValue.array(values.map { .object(["v": .string($0)]) })
    let script = "let all = \(JSONWriter.compact.string(list))"
    let context = await Self.context(after: script)
    var offered = 0
    for (start, end) in [
      ("$all | where .v == ", ""), (#"$all | where .v == ""#, ""), ("$all | where .v == '", ""),
      ("$all | where .v in [", "]"), (#"$all | where .v in ["a7", "#, "]"),
    ] {
      let completion = Completer(context).complete(start, at: start.utf8.count)
      for candidate in completion.candidates where ["\"", "'"].contains(candidate.text.first) {
        offered += 1
        #expect(SafeText.escaped(candidate.text) == candidate.text)
        let typed = String(decoding: Array(start.utf8.prefix(completion.replacing.lowerBound)), as: UTF8.self)
        let run = await ScriptRun("\(script)\n\(typed)\(candidate.text)\(end) | count")
        #expect(Int(run.output.dropLast()) ?? 0 > 0, "\(typed)\(candidate.text)\(end): \(run.errors)")
      }
    }
    #expect(offered > 0)
  }

  /// Whether all bytes come in their order, by the plainest of ways.
  private static func isHeld(_ letters: String, in text: String) -> Bool {
    var rest = text.lowercased().utf8[...]
    return letters.lowercased().utf8.filter { $0 != 0x20 }.allSatisfy { byte in
      guard let place = rest.firstIndex(of: byte) else { return false }
      rest = rest[rest.index(after: place)...]
      return true
    }
  }

  @Test("letters are found within a word where they come in their order, and nowhere else", arguments: 1...10)
  func generatedLetters(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let names = CommandRegistry(Command.general).commands.map { $0.name } + ["evt_154", "päälle", "日本-x", "a b c", ""]
    for _ in 0..<500 {
      guard let name = names.randomElement(using: &random) else { continue }
      let kept = String(name.filter { _ in Bool.random(using: &random) })
      for letters in [kept, String(kept.shuffled(using: &random)), kept.uppercased()] {
        let isLong = letters.utf8.count { $0 != 0x20 } >= 2
        #expect(
          (LetterMatch(letters, in: name) != nil) == (isLong && Self.isHeld(letters, in: name)), "\(letters) \(name)")
      }
    }
  }

  @Test("a line stays as right as it was with any candidate in its place", arguments: 1...12)
  func generatedLines(seed: UInt64) async {
    var random = SplitMix64(seed: seed)
    let context = await Self.context(after: Self.seen)
    let stages = [
      "orders list", "where .type == \"new\"", "where .payload.amount > 0", "select id payload.amount",
      "group-by .type",
      "first 2", "sort-by -.id", "get payload", "each { .type | upper }", "look ord_1", "count",
      "where .type in [\"new\", \"old thing\"]",
    ]
    for _ in 0..<60 {
      let line =
        (["orders list"]
        + (0..<Int.random(in: 0...3, using: &random)).map { _ in
          stages[Int.random(in: 1..<stages.count, using: &random)]
        }).joined(separator: " | ")
      let cut = String(decoding: line.utf8.prefix(Int.random(in: 1...line.utf8.count, using: &random)), as: UTF8.self)
      let completion = Completer(context).complete(cut, at: cut.utf8.count)
      guard let candidate = completion.candidates.randomElement(using: &random) else { continue }
      let completed =
        String(decoding: Array(cut.utf8.prefix(completion.replacing.lowerBound)), as: UTF8.self) + candidate.text
      #expect(completion.replacing.upperBound == cut.utf8.count, "\(cut)")
      let before = Set(Self.faults(cut, context).map { $0.code })
      // What is not finished may be missing something more; nothing else may be wrong with it.
      let allowed = before.union([
        .unexpectedEnd, .missingArgument, .missingValue, .unterminatedString, .unknownCommand,
      ])
      let after = Self.faults(completed, context).filter { !allowed.contains($0.code) }
      #expect(after.isEmpty, "\(cut) → \(completed): \(after.map { $0.message })")
    }
  }

  private static func faults(_ text: String, _ context: CompletionContext) -> [Diagnostic] {
    let parsing = ParsingContext(
      registry: context.registry, variables: Set(context.variables.keys), functions: ["greet"], mode: .interactive)
    return Parser.parse(SourceText(name: "line", text: text), in: parsing).diagnostics.filter { $0.severity == .error }
  }
}
