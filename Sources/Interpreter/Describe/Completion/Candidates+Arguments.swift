extension Candidates {
  /// The value of an argument: a variable, a field of the item, a file's contents, or what fits the parameter.
  /// - Parameter expression: what was typed of it; nil where nothing was.
  func value(of parameter: ParameterDeclaration?, _ expression: Expression?) -> Proposals {
    if let expression {
      if let keys = nextFieldNames(of: expression, for: parameter) { return keys }
      guard expression.span.end == location.cursor || expression.span.isEmpty else { return nothing }
      switch expression.root.kind {
      case .item: return parameter?.isPerItem == true ? proposals(at: expression) : nothing
      case .missing where isDollar(expression): return variables(from: expression.span.start)
      case .missing, .literal: break
      default: return proposals(at: expression)
      }
      if expression.root.span != expression.span { return proposals(at: expression) }
    }
    if parameter?.shape == .file { return files(expression) }
    guard let parameter, let word = expression.map({ word($0) }) ?? typed else { return nothing }
    return Proposals(word: word, spelling: .word(isFile: false), list: values(of: parameter))
  }

  func values(of parameter: ParameterDeclaration) -> [Proposal] {
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
        // Beside an id of 36 characters both find room in 80 columns.
        let summary = about.map { TableLayout.fitted($0, about.count == 1 ? 40 : 24) }.joined(separator: "  ")
        return Proposal(value: value, summary: summary)
      }
    }
  }
}

extension Expression {
  /// What a path begins with; otherwise the expression itself.
  fileprivate var root: Expression { if case .path(let base, _) = kind { base } else { self } }
}
