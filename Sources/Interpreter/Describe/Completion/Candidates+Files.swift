extension Candidates {
  /// The entries of the folder that is being typed; hidden ones when a dot was typed.
  /// - Parameter expression: what was typed of the file's name; nil where nothing was.
  func files(_ expression: Expression?) -> Proposals {
    let word: PartialWord
    if let expression {
      guard !isDollar(expression), let typed = self.word(expression) else {
        return proposals(forValue: expression)
      }
      word = typed
    } else {
      word = typed
    }
    guard let host = context.host else { return nothing }
    let slash = word.typed.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(word.typed[...$0]) } ?? ""
    let beginning = String(word.typed.dropFirst(folder.count))
    let entries = host.entries(of: folder, startingWith: beginning)
      .filter { !$0.name.hasPrefix(".") || beginning.hasPrefix(".") }.sorted { $0.name < $1.name }
    return Proposals(
      word: word, spelling: .word(isFile: true),
      list: entries.compactMap { entry in
        // As a file's name - is standard input.
        guard folder + entry.name != "-" else { return nil }
        return Proposal(value: folder + entry.name + (entry.isFolder ? "/" : ""), isWhole: !entry.isFolder)
      }, folder: folder)
  }
}
