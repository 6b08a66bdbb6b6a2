import OrderedJSON

extension Candidates {
  /// The variables that may be named here without their `$`, the nearest binding first where two have one name.
  var variableNames: [String] {
    let bound = place.frames.flatMap { $0.bindings.map { $0.name } }
    return Set(bound).union(context.variableNames).sorted()
  }

  /// `$` and the beginning of a name.
  func variables(_ run: ArraySlice<Token>) -> Proposals {
    let word = bareWord(run)
    guard run.count <= 2 else { return nothing }
    return Proposals(
      word: word,
      list: variableNames.map { name in
        Proposal(value: "$" + name, summary: isBound(name) ? "" : summary(name), isWhole: false)
      })
  }

  private func isBound(_ name: String) -> Bool {
    place.frames.contains { $0.bindings.contains { $0.name == name } }
  }

  private func summary(_ name: String) -> String {
    if let value = context.variables[name] { return Self.summary(value) }
    return context.provided[name] == nil ? "" : "a list"
  }

  /// What kind of value it is, never the value: it may be a secret.
  private static func summary(_ value: JSONValue) -> String {
    if case .array(let items) = value { return items.count == 1 ? "a list of 1" : "a list of \(items.count)" }
    return value.kindWithArticle
  }
}
