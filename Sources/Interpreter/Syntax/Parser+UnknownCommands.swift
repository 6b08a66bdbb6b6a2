/// What is said where a command does not exist.
extension Parser {
  /// What may have been meant by a name.
  mutating func unknownCommandHelp(_ name: String, _ span: SourceSpan) -> String? {
    let registry = context.registry
    if registry.isGroup(name) { return "one of: \(memberNames(name))" }
    if token.kind == .assign {
      return following.kind == .sign && text(following) == ">" && !following.isSpaced
        ? ForeignSign.advice(for: "=>") : "to bind a variable: let \(shown(span)) = …"
    }
    if token.kind == .colon, following.kind == .assign { return "to bind a variable: let \(shown(span)) = …" }
    if let advice = swappedAdvice(name) { return advice }
    let foreign = foreignHelp(for: name)
    if token.kind == .word, following.kind == .assign {
      if let foreign { return foreign }
      if let near = Suggestion.nearest(to: name, among: ["let", "set"]) { return "did you mean \(near)?" }
    }
    if let group = name.split(separator: " ").first.map(String.init), group != name, registry[group] == nil {
      if let advice = registry.vocabulary.foreignWords[name] { return advice }
      let near = nearestMember(String(name.dropFirst(group.count + 1)), of: group)
      return near.map { "did you mean \($0)?" } ?? "\(group) takes one of: \(memberNames(group))"
    }
    if scopes.contains(where: { $0.contains(name) }) { return "the variable is $\(name)" }
    if let foreign { return foreign }
    guard isReporting else { return "help lists them all" }
    let small = name.lowercased()
    if small != name, registry[small] != nil || registry.isGroup(small) {
      return "commands are written in small letters"
    }
    return nearestCommand(to: name).map { "did you mean \($0)?" } ?? "help lists them all"
  }

  /// What another tool's word is here: as the tables have it, or the commands' own lists of words.
  private func foreignHelp(for name: String) -> String? {
    let registry = context.registry
    if let advice = ForeignWord.called(name)?.advice ?? registry.vocabulary.foreignWords[name] { return advice }
    let found = registry.commands.filter { $0.searchWords.contains(name) }
    let named = found.filter { !$0.changesData }
    guard !named.isEmpty, named.count <= 3 else {
      return found.isEmpty ? nil : "help \(name) tells what that is here"
    }
    return "did you mean \(named.map { $0.name }.joined(separator: " or "))?"
  }

  /// `list events`: the name of the group goes first.
  mutating func swappedAdvice(_ name: String) -> String? {
    guard isReporting, token.kind == .word else { return nil }
    let registry = context.registry
    let word = text(token)
    guard let group = [word, word + "s"].first(where: { registry.isGroup($0) && registry[$0] == nil }) else {
      return nil
    }
    let members = registry.members(of: group)
    if members.contains(where: { $0.changesData && $0.name == "\(group) \(name)" }) {
      return "\(group) goes before it: help \(group)"
    }
    let known = members.filter { $0.searchWords.contains(name) }
    if !known.isEmpty, known.allSatisfy({ $0.changesData }) { return "help \(group) tells what that is here" }
    return nearestMember(name, of: group).map { "did you mean \($0)?" }
  }

  /// The second words of a group's commands.
  private func memberNames(_ group: String) -> String {
    context.registry.members(of: group).map { String($0.name.dropFirst(group.count + 1)) }.joined(separator: ", ")
  }

  /// The command of a group that a second word may mean.
  private func nearestMember(_ word: String, of group: String) -> String? {
    let members = context.registry.members(of: group)
    if let known = members.first(where: { !$0.changesData && $0.searchWords.contains(word) }) { return known.name }
    // The group's own letters would make any two of its commands alike.
    let near = Suggestion.nearest(to: word, among: members.map { String($0.name.dropFirst(group.count + 1)) })
    let command = near.flatMap { context.registry[group + " " + $0] }
    return command.flatMap { $0.changesData ? nil : $0.name }
  }

  private func nearestCommand(to name: String) -> String? {
    let commands = context.registry.commands
    let members = commands.filter { !$0.changesData && $0.name.hasSuffix(" " + name) }
    if !members.isEmpty, members.count <= 3 { return members.map { $0.name }.joined(separator: " or ") }
    let groups = Set(commands.compactMap { $0.name.split(separator: " ").first.map(String.init) })
      .filter { context.registry.isGroup($0) }
    return nearest(to: name, among: commands, and: groups.sorted() + Self.statementWords)
      ?? Suggestion.nearest(to: name, among: functions, inOrder: false)
  }

  /// The nearest of some commands. One that changes something is never named: what was meant is not certain, and a name
  /// is soon accepted. Nothing else is named either where such a command is nearer.
  private func nearest(to name: String, among commands: [Command], and others: [String] = []) -> String? {
    let near = Suggestion.nearest(to: name, among: commands.map { $0.name } + others)
    return near.flatMap { context.registry[$0]?.changesData == true ? nil : $0 }
  }
}
