import Basics

/// Finds commands, statements and topics by a word that is the name of none: in names, search words, flags and summaries,
/// and by what other tools call something.
struct HelpSearch {
  struct Hit {
    let name: String
    let summary: String
    /// The lower, the better it fits.
    let rank: Int
  }

  private static let most = 12
  private static let longest = 64

  let registry: CommandRegistry
  /// Words of the session's own.
  var own: [HelpEntry] = []

  /// The page that lists what was found, best first; nil where nothing was.
  func page(for words: String) -> String? {
    guard words.utf8.count <= Self.longest else { return nil }
    let hits = hits(for: words)
    let foreign = advice(for: words) ?? (hits.isEmpty ? ForeignSign.advice(forWord: words) : nil)
    guard foreign != nil || !hits.isEmpty else { return nil }
    var text = foreign.map { TextLayout.filled("'\(words)' is here: \($0)") } ?? ""
    guard !hits.isEmpty else { return text }
    if foreign != nil { text += "\n" }
    let shown = hits.prefix(Self.most)
    let width = (shown.map { DisplayWidth.width($0.name) }.max() ?? 0) + 2
    text += shown.map { TextLayout.filled($0.summary, first: $0.name.padded(to: width), indent: width) }.joined()
    if hits.count > shown.count { text += "and \(hits.count - shown.count) more\n" }
    return text
  }

  private func advice(for words: String) -> String? {
    ForeignWord.called(words)?.advice ?? registry.vocabulary.foreignWords[words] ?? ForeignSign.advice(for: words)
  }

  /// What fits, best first; what fits equally well in the order of the overview.
  func hits(for words: String) -> [Hit] {
    let word = words.lowercased()
    let named = ForeignWord.called(words)?.names ?? []
    var hits: [Hit] = []
    func add(_ name: String, _ summary: String, words: [String], flags: [String]) {
      let rank = named.contains(name) ? 0 : Self.rank(of: word, name.lowercased(), summary.lowercased(), words, flags)
      if let rank { hits.append(Hit(name: name, summary: summary, rank: rank)) }
    }
    for command in registry.commands {
      let flags = command.parameters.filter { $0.isFlagLike }.map { $0.name }
      add(command.name, command.summary, words: command.searchWords.map { $0.lowercased() }, flags: flags)
    }
    for page in StatementPage.all {
      let isNamed = page.words.contains { named.contains($0) }
      add(
        isNamed ? page.words.first { named.contains($0) } ?? page.title : page.title, page.summary, words: page.words,
        flags: [])
    }
    for entry in own { add(entry.name, SafeText.escaped(entry.summary), words: [], flags: []) }
    for topic in registry.helpTopics { add(topic.name, topic.summary, words: [], flags: []) }
    return hits.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map { $0.element }
  }

  /// How well something fits; nil where it does not.
  private static func rank(
    of word: String, _ name: String, _ summary: String, _ words: [String], _ flags: [String]
  ) -> Int? {
    let plainFlag = word.hasPrefix("--") ? String(word.dropFirst(2)) : word
    if words.contains(word) { return 1 }
    if name.split(separator: " ").contains(where: { $0 == word }) { return 2 }
    if word.count >= 2, name.contains(word) { return 3 }
    if words.contains(where: { $0.split(separator: " ").contains { $0 == word } }) { return 4 }
    if flags.contains(plainFlag) { return 5 }
    if summary.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains(where: { $0 == word }) { return 6 }
    guard word.count >= 3 else { return nil }
    if summary.contains(word) { return 7 }
    return words.contains { $0.contains(word) } ? 8 : nil
  }
}
