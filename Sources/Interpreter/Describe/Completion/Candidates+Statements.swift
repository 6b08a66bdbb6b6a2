extension Candidates {
  /// The first word of a statement or of a pipeline that is being typed.
  func firstWord() -> Proposals? {
    for node in location.path {
      switch node {
      case .statement(let statement) where location.isOneWord(from: statement.span.start):
        return commands(bareWord(from: statement.span.start), isPiped: false, isStatement: true)
      case .pipeline(let pipeline) where location.isOneWord(from: pipeline.span.start):
        return commands(bareWord(from: pipeline.span.start), isPiped: false, isStatement: false)
      default: break
      }
    }
    return nil
  }

  func commands(_ word: PartialWord, isPiped: Bool, isStatement: Bool) -> Proposals {
    let members = registry.commands.filter { $0.name.contains(" ") && $0.input != (isPiped ? .none : .required) }
    return Proposals(
      word: word, list: firstWords(isPiped: isPiped, isStatement: isStatement),
      longer: members.map { Proposal(value: $0.name, summary: $0.summary) })
  }

  /// A cursor in a block, but in none of its statements; or where a block should stand.
  func proposals(in block: Block) -> Proposals {
    guard block.span.isEmpty, location.path.count > 1 else {
      return location.isAtStatement ? commands(typed, isPiped: false, isStatement: true) : nothing
    }
    if let word = finishedWord { return word }
    return location.parent?.conditional?.otherwise?.span == block.span ? words(["if"]) : nothing
  }

  /// A cursor behind a statement, or in one of which only its first words can be read.
  func proposals(behind statement: Statement) -> Proposals {
    switch statement.kind {
    case .conditional(let conditional): return conditional.otherwise == nil ? words(["else"]) : nothing
    case .attempt(let attempt):
      return words(attempt.cleanUp != nil ? [] : attempt.handler == nil ? ["catch", "finally"] : ["finally"])
    case .returns(nil): return commands(typed, isPiped: false, isStatement: false)
    case .exit(nil): return operands
    case .missing(.set, let name):
      guard let name else { return variableNames(typed) }
      return name.end == location.cursor ? variableNames(bareWord(from: name.start)) : nothing
    case .missing(.for, let name?): return name.end < location.cursor ? words(["in"]) : nothing
    default: return nothing
    }
  }

  func words(_ words: [String]) -> Proposals {
    Proposals(word: typed, list: words.map { Proposal(value: $0) })
  }

  private func variableNames(_ word: PartialWord) -> Proposals {
    Proposals(word: word, list: variableNames.map { Proposal(value: $0) })
  }
}

extension SyntaxNode {
  fileprivate var conditional: Conditional? {
    switch self {
    case .statement(let statement):
      if case .conditional(let conditional) = statement.kind { return conditional }
    case .expression(let expression): return expression.conditional
    default: break
    }
    return nil
  }
}

extension Expression {
  var conditional: Conditional? {
    if case .effect(let effect) = kind, case .conditional(let conditional) = effect.kind { conditional } else { nil }
  }
}
