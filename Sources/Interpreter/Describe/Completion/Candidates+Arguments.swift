extension Candidates {
  /// An argument where none has begun is a value if any is known, otherwise a flag.
  func argument(of command: Command, _ parameter: ParameterDeclaration?, given: Set<String>) -> Proposals {
    let word = bareWord
    if word.typed.hasPrefix("-") { return Proposals(word: word, list: flags(of: command, given)) }
    let values: Proposals =
      parameter?.shape == .path
      ? path(place.run) : parameter?.shape == .expression ? expression() : value(of: parameter, place.run)
    guard values.list.isEmpty, word.typed.isEmpty else { return values }
    return Proposals(word: word, list: flags(of: command, given))
  }

  private func flags(of command: Command, _ given: Set<String>) -> [Proposal] {
    var flags = command.parameters.filter { $0.isFlagLike && ($0.form == .repeatedOption || !given.contains($0.label)) }
      .map { Proposal(value: $0.label, summary: $0.summary) }
    let explain = "--" + Command.explainFlag
    if command.requests != nil, !given.contains(explain) {
      flags.append(Proposal(value: explain, summary: Command.explainSummary))
    }
    return flags
  }

  /// The value of an argument: a variable, a field of the item, a file behind `@`, or what fits the parameter.
  func value(of parameter: ParameterDeclaration?, _ run: ArraySlice<Token>) -> Proposals {
    switch run.first?.kind {
    case .dollar: return path(run) { variables(run) }
    case .leftParenthesis, .leftBracket, .leftBrace: return path(run) { nothing }
    case .at: return files(run.dropFirst())
    case .dot where parameter?.shape != .file: return parameter?.isPerItem == true ? path(run) { nothing } : nothing
    default: break
    }
    if parameter?.shape == .file { return files(run) }
    guard let parameter, let word = argumentWord(run) else { return nothing }
    return Proposals(word: word, spelling: .word(isFile: false), list: values(of: parameter))
  }

  private func values(of parameter: ParameterDeclaration) -> [Proposal] {
    var values: [Proposal] =
      switch parameter.shape {
      case .choice(let words), .suggestion(let words): words.map { Proposal(value: $0) }
      case .boolean: ["true", "false"].map { Proposal(value: $0) }
      default: []
      }
    var seen = Set(values.map { $0.value })
    for source in parameter.sources {
      values += self.values(from: source).filter { seen.insert($0.value).inserted }
    }
    return values
  }

  private func values(from source: ArgumentSource) -> [Proposal] {
    switch source {
    case .names(let sort): return (context.host?.names(sort) ?? []).map { Proposal(value: $0) }
    case .field(let field, let kind):
      return (context.recent?.rows(kind) ?? []).compactMap { row in
        guard let value = row.fields[field], !value.isEmpty else { return nil }
        let about = field == "id" ? kind.columns.filter { $0 != field }.prefix(2).compactMap { row.fields[$0] } : []
        return Proposal(value: value, summary: about.joined(separator: "  "))
      }
    }
  }
}
