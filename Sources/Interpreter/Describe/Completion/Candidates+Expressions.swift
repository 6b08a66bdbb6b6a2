import OrderedJSON

extension Candidates {
  /// A cursor in an expression or behind it: a field, a variable, a constant, an operator.
  func proposals(at expression: Expression) -> Proposals {
    if case .expression(let parent)? = location.parent {
      if parent.isKey(expression) { return fieldNames(of: parent, at: expression) }
      if case .effect(let effect) = parent.kind, case .file = effect.kind { return files(expression) }
      if let flag = hyphens(around: parent) { return flag }
    }
    return proposals(forValue: expression)
  }

  /// The same, whatever the expression is a part of.
  func proposals(forValue expression: Expression) -> Proposals {
    if let values = comparedValues(at: expression) ?? keyedValues(at: expression) { return values }
    guard expression.span.end == location.cursor, location.run.isEmpty else { return behind(expression) }
    switch expression.kind {
    case .missing: return unfinished(expression)
    case .item: return isBracketed(expression) ? nothing : keys(inference.item, typed, spelling: .key)
    case .variable: return isBracketed(expression) ? nothing : variables(from: expression.span.start)
    case .path(let base, let steps): return fields(of: base, steps, spelling: .key)
    case .literal: return location.isOneWord(from: expression.span.start) ? constants(expression.span.start) : nothing
    default: return nothing
    }
  }

  /// Behind an expression that is whole, or where one should stand.
  private func behind(_ expression: Expression) -> Proposals {
    if case .missing = expression.kind, expression.span.isEmpty {
      return location.run.isEmpty ? finishedWord ?? operands : nothing
    }
    guard location.run.isEmpty || location.isWord else { return nothing }
    if let conditional = expression.conditional, conditional.otherwise == nil { return words(["else"]) }
    let operators = Operator.allCases.filter { $0.precedence != .comparison || !isCompared(expression) }
    return Proposals(word: typed, list: operators.map { Proposal(value: $0.sign, summary: $0.summary) })
  }

  /// Whether an expression is a comparison, or the last part of one: comparisons do not chain.
  private func isCompared(_ expression: Expression) -> Bool {
    var nodes = location.path.reversed().makeIterator()
    var current: Expression? = expression
    while let expression = current, !isBracketed(expression) {
      if case .binary(let operation, _, _, _) = expression.kind, operation.precedence == .comparison { return true }
      current = if case .expression(let outer)? = nodes.next() { outer } else { nil }
    }
    return false
  }

  private func unfinished(_ expression: Expression) -> Proposals {
    if expression.span.isEmpty { return finishedWord ?? operands }
    if isDollar(expression) { return variables(from: expression.span.start) }
    if location.isOneWord(from: expression.span.start) { return constants(expression.span.start) }
    // `$e["…`: a key within brackets behind a path.
    guard case .expression(let parent)? = location.parent, case .path(let base, let steps) = parent.kind,
      case .computed(let key)? = steps.last?.kind, key.span == expression.span
    else { return nothing }
    let value = inference.shape(of: base).value(at: Array(steps.dropLast()))
    return Proposals(
      word: PartialWord(from: expression.span.start, location), spelling: .key,
      list: value.fields.map { Proposal(value: $0.name) })
  }

  private func constants(_ start: Int) -> Proposals {
    Proposals(word: bareWord(from: start), list: constants)
  }

  var constants: [Proposal] { [Keyword.not, .true, .false, .null].map { Proposal(value: $0.rawValue) } }

  func isDollar(_ expression: Expression) -> Bool {
    if case .missing = expression.kind { location.text(expression.span) == "$" } else { false }
  }

  private func isBracketed(_ expression: Expression) -> Bool {
    location.bytes[expression.span.start] == UInt8(ascii: "(")
  }

  /// The hyphens of a flag, which look like minus signs where an expression stands: `where --`.
  private func hyphens(around expression: Expression) -> Proposals? {
    for node in location.path.reversed() {
      switch node {
      case .call(let call), .stage(let call):
        guard let argument = call.arguments.last,
          ["-", "--"].contains(location.text(argument.span.start..<location.cursor))
        else { return nil }
        return flags(of: call, from: argument)
      case .expression: continue
      default: return nil
      }
    }
    return nil
  }

  /// Where an operand may begin: the fields of the item, each with its dot.
  var operands: Proposals {
    let fields = inference.item.fields
    guard !fields.isEmpty else { return variables(from: location.cursor) }
    return Proposals(
      word: typed,
      list: fields.map { field in
        Proposal(
          value: "." + WordSyntax.key.text(field.name, style: .bare, isWhole: true),
          isWhole: field.value?.isContainer != true)
      })
  }

  // MARK: Fields

  /// The fields that may stand at the end of a path.
  /// - Parameter base: what the path begins with; nil is the item.
  func fields(of base: Expression?, _ steps: [PathStep], spelling: WordSyntax) -> Proposals {
    guard let last = steps.last else { return keys(inference.item, typed, spelling: spelling) }
    let whole = Array(steps.dropLast())
    let value = (base.map { inference.shape(of: $0) } ?? inference.item).value(at: whole)
    guard last.span.end == location.cursor else { return nothing }
    let isQuoted = location.bytes[last.span.start...].first == UInt8(ascii: "\"")
    switch last.kind {
    case .missing: return keys(value, PartialWord(from: last.span.start, location), spelling: spelling)
    case .key where !isQuoted && location.bytes[last.span.start] != UInt8(ascii: "'") && !last.isBracketed(location):
      return keys(value, bareWord(from: last.span.start), spelling: spelling)
    default: return nothing
    }
  }

  func keys(_ value: Shape, _ word: PartialWord, spelling: WordSyntax) -> Proposals {
    Proposals(
      word: word, spelling: spelling,
      list: value.fields.map { field in
        // A field that has fields goes on with a dot. Its closing quote stands there in any case.
        Proposal(value: field.name, isWhole: word.style != .bare || field.value?.isContainer != true)
      })
  }
}

extension PathStep {
  fileprivate func isBracketed(_ location: CursorLocation) -> Bool {
    location.bytes[span.start] == UInt8(ascii: "[")
  }
}

extension Expression {
  /// Whether an expression is a key of this record.
  fileprivate func isKey(_ expression: Expression) -> Bool {
    guard case .record(let pairs) = kind else { return false }
    return pairs.contains { $0.key.span == expression.span && !$0.key.span.isEmpty }
  }
}
