import Interpreter
import LineEditor
import ShellCommands

/// Completion of a line that may begin with an alias: behind it as behind what it stands for, and of its own name.
enum AliasCompletion {
  static func list(_ text: String, at cursor: Int, _ aliases: AliasTable, by completer: Completer) -> CompletionList {
    let bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    let before = String(decoding: bytes[..<cursor], as: UTF8.self)
    let start = before.prefix { $0.isWhitespace }
    let word = before[start.endIndex...]
    // A first word that is not ended yet is itself completed.
    guard word.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }) else {
      var list = list(completer.complete(text, at: cursor))
      let known = Set(list.candidates.map { $0.text })
      let names = aliases.words.keys.filter { $0.hasPrefix(word) && !known.contains($0) }.sorted()
      guard !names.isEmpty else { return list }
      // An alias begins with what was typed, and goes before what only holds its letters.
      if list.isByInnerLetters { list = .none }
      if list.candidates.isEmpty { list.replacing = start.utf8.count..<cursor }
      list.candidates += names.map { CompletionCandidate(text: $0, summary: "for \(aliases.words[$0] ?? "")") }
      return list
    }
    // Only what stands before the cursor can have been expanded.
    let expanded = aliases.expanded(before)
    guard expanded != before else { return list(completer.complete(text, at: cursor)) }
    let shift = expanded.utf8.count - before.utf8.count
    let behind = String(decoding: bytes[cursor...], as: UTF8.self)
    var list = list(completer.complete(expanded + behind, at: cursor + shift))
    guard list.replacing.lowerBound >= max(0, shift) else { return .none }
    list.replacing = list.replacing.lowerBound - shift..<list.replacing.upperBound - shift
    return list
  }

  private static func list(_ completion: Completer.Completion) -> CompletionList {
    CompletionList(
      replacing: completion.replacing,
      candidates: completion.candidates.map {
        CompletionCandidate(text: $0.text, summary: $0.summary, appendsSpace: $0.isWhole)
      }, isByInnerLetters: completion.isByInnerLetters)
  }
}
