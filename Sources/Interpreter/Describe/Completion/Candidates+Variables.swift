import OrderedJSON

extension Candidates {
  /// The variables that may be named here without their `$`, the nearest binding first where two have one name.
  var variableNames: [String] {
    let bound = place.frames.flatMap { $0.bindings.map { $0.name } }
    return Set(bound).union(context.variables.keys).sorted()
  }

  /// `$` and the beginning of a name.
  func variables(_ run: ArraySlice<Token>) -> Proposals {
    let word = bareWord(run)
    guard run.count <= 2 else { return nothing }
    return Proposals(
      word: word,
      list: variableNames.map { name in
        let value = isBound(name) ? nil : context.variables[name]
        return Proposal(value: "$" + name, summary: value.map(Self.summary) ?? "", isWhole: false)
      })
  }

  private func isBound(_ name: String) -> Bool {
    place.frames.contains { $0.bindings.contains { $0.name == name } }
  }

  /// What kind of value it is, never the value: it may be a secret.
  private static func summary(_ value: JSONValue) -> String {
    if case .array(let items) = value { return items.count == 1 ? "a list of 1" : "a list of \(items.count)" }
    return value.kindWithArticle
  }
}
