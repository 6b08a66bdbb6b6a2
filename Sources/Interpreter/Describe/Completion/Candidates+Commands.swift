extension Candidates {
  /// The words that a stage may begin with.
  func firstWords(isPiped: Bool, isStatement: Bool) -> [Proposal] {
    var seen: Set<String> = []
    var proposals: [Proposal] = []
    for command in registry.commands where command.input != (isPiped ? .none : .required) {
      let word = String(command.name.prefix { $0 != " " })
      guard seen.insert(word).inserted else { continue }
      let members = registry.members(of: word).map { $0.name.dropFirst(word.count + 1) }
      proposals.append(Proposal(value: word, summary: registry[word]?.summary ?? members.joined(separator: ", ")))
    }
    if isStatement {
      proposals += Parser.statementWords.map { Proposal(value: $0, summary: StatementPage.about($0)?.summary ?? "") }
    }
    let functions = Set(context.functions.keys).union(functionsOfText.keys)
    return proposals + functions.sorted().map { Proposal(value: $0, summary: "a function of yours") }
  }

  /// The functions that the text before the cursor defines.
  var functionsOfText: [String: FunctionDeclaration] {
    var functions: [String: FunctionDeclaration] = [:]
    location.path[0].walk { node in
      if case .statement(let statement) = node, case .function(let declaration) = statement.kind {
        functions[declaration.name] = declaration
      }
      return .descend
    }
    return functions
  }

  func members(of group: String) -> [Proposal] {
    registry.members(of: group).map { command in
      Proposal(value: String(command.name.dropFirst(group.count + 1)), summary: command.summary)
    }
  }

  /// What `help` has pages about.
  func helpWords(after words: [String]) -> [Proposal] {
    guard let first = words.first else {
      let commands = (firstWords(isPiped: false, isStatement: false) + firstWords(isPiped: true, isStatement: false))
        .filter { registry[$0.value] != nil || registry.isGroup($0.value) }
      var seen: Set<String> = []
      let known = commands.filter { seen.insert($0.value).inserted }
      return known + [
        Proposal(value: "language", summary: "values, operators and paths"),
        Proposal(value: "errors", summary: "the codes of errors"),
      ]
        + StatementPage.all.flatMap { page in page.words.map { Proposal(value: $0, summary: page.summary) } }
    }
    return words.count == 1 ? members(of: first) : []
  }
}
