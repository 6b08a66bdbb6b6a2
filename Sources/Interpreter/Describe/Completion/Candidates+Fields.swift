import OrderedJSON

extension Candidates {
  /// What stands in an expression at the cursor: a path, an operator, or a value.
  func expression() -> Proposals {
    if let key = keyInBrackets { return key }
    let stage = place.stage
    if let path = PathAtCursor(endOf: stage, place) { return fields(of: path) }
    let run = place.run
    if let dollar = run.lastIndex(where: { $0.kind == .dollar }) { return variables(run[dollar...]) }
    if let at = run.lastIndex(where: { $0.kind == .at }) { return files(run[(at + 1)...]) }
    guard let last = stage.last, last.end == place.cursor else {
      return stage.last.map { !$0.isOperator && Self.isOperandEnd($0) } ?? false ? operators(place.cursor) : operands
    }
    // A word is an operator behind an operand, and a constant elsewhere.
    guard last.kind == .word else { return nothing }
    let isBehindOperand =
      stage.dropLast().last.map { last.isSpaced && !$0.isOperator && Self.isOperandEnd($0) } ?? false
    if isBehindOperand { return operators(Int(last.start)) }
    let range = Int(last.start)..<last.end
    let words = ["not", "true", "false", "null"].map { Proposal(value: $0) }
    return Proposals(word: PartialWord(range, style: .bare, typed: place.text(range)), list: words)
  }

  private static func isOperandEnd(_ token: Token) -> Bool { token.isPathPart && token.kind != .dollar }

  private func operators(_ start: Int) -> Proposals {
    let range = start..<place.cursor
    return Proposals(
      word: PartialWord(range, style: .bare, typed: place.text(range)),
      list: Operator.allCases.map { Proposal(value: $0.sign, summary: $0.summary) })
  }

  /// Where an operand may begin: the fields of the item, each with its dot.
  var operands: Proposals {
    let fields = foresight.item(inFrame: frameIndex).fields
    guard !fields.isEmpty else { return variables([]) }
    return Proposals(
      word: bareWord([]),
      list: fields.map { field in
        Proposal(
          value: "." + Spelling.key.text(field.name, style: .bare, isWhole: true),
          isWhole: field.value?.isContainer != true)
      })
  }

  /// A path whose dot may be left out: `select`, `get`.
  func path(_ run: ArraySlice<Token>) -> Proposals {
    guard !run.isEmpty else {
      return keys(foresight.item(inFrame: frameIndex), bareWord([]), spelling: .bareKey)
    }
    return PathAtCursor(endOf: Array(run), place, isBare: true).map { fields(of: $0, spelling: .bareKey) } ?? nothing
  }

  /// A path in an argument, which begins with its base.
  func path(_ run: ArraySlice<Token>, otherwise: () -> Proposals) -> Proposals {
    PathAtCursor(endOf: Array(run), place).map { fields(of: $0) } ?? otherwise()
  }

  private func fields(of path: PathAtCursor, spelling: Spelling = .key) -> Proposals {
    keys(foresight.value(of: path, inFrame: frameIndex), path.partial, spelling: spelling)
  }

  private func keys(_ value: Likeness, _ word: PartialWord, spelling: Spelling) -> Proposals {
    Proposals(
      word: word, spelling: spelling,
      list: value.fields.map { field in
        // A field that has fields goes on with a dot. Its closing quote stands there in any case.
        Proposal(value: field.name, isWhole: word.style != .bare || field.value?.isContainer != true)
      })
  }

  /// `$e["…`: a key within brackets behind a path.
  private var keyInBrackets: Proposals? {
    guard place.frame.kind == .list, frameIndex > 0, let opening = place.frame.opening, !opening.isSpaced,
      place.stage.count == 1, place.stage[0].kind == .unterminatedString
    else { return nil }
    let around = place.frames[frameIndex - 1].stages.last ?? []
    guard let last = around.last, last.end == opening.start else { return nil }
    var start = around.count
    while start > 0, around[start - 1].isPathPart {
      start -= 1
      if around[start].isSpaced { break }
    }
    guard let path = PathAtCursor(whole: Array(around[start...]), place) else { return nil }
    let value = foresight.value(of: path, inFrame: frameIndex - 1)
    return Proposals(
      word: PartialWord(unfinished: place.stage[0], place), spelling: .key,
      list: value.fields.map { Proposal(value: $0.name) })
  }
}
