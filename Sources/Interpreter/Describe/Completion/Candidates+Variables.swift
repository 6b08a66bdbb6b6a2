import OrderedJSON

extension Candidates {
  /// The variables that may be named here, without their `$`.
  var variableNames: [String] { Set(inference.bound.keys).union(context.variableNames).sorted() }

  /// `$` and the beginning of a name.
  func variables(from start: Int) -> Proposals {
    Proposals(
      word: bareWord(from: start),
      list: variableNames.map { Proposal(value: "$" + $0, summary: summary($0), isWhole: false) })
  }

  private func summary(_ name: String) -> String {
    if inference.bound[name] != nil { return "" }
    if let value = context.variables[name] { return Self.summary(value) }
    return context.provided[name] == nil ? "" : "a list"
  }

  /// What kind of value it is, never the value: it may be a secret.
  private static func summary(_ value: JSONValue) -> String {
    if case .array(let items) = value { return items.count == 1 ? "a list of 1" : "a list of \(items.count)" }
    return value.kindWithArticle
  }
}
