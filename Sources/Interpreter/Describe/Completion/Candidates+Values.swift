import Basics
import OrderedJSON

extension Candidates {
  /// A cursor where a value stands that a field is compared with: what the field may hold or held lately, and what else a
  /// value may begin with. Nil where nothing is compared, or nothing is known.
  func comparedValues(at expression: Expression) -> Proposals? {
    guard case .missing = expression.kind, !isDollar(expression), let word = word(expression), location.run.isEmpty,
      let field = comparedExpression(to: expression)
    else { return nil }
    let values = inference.shape(of: field).values[[]]
    guard !values.isEmpty else { return nil }
    let list = values.compactMap { value -> Proposal? in
      if case .string(let text, _) = value {
        return Proposal(value: text, bareText: WordSyntax.key.text(text, style: .quoted, isWhole: true))
      }
      return word.style == .bare ? Proposal(value: value.text) : nil
    }
    guard word.style == .bare else { return Proposals(word: word, spelling: .key, list: list) }
    return Proposals(word: word, list: list + (word.typed.isEmpty ? operands.list : constants))
  }

  /// The other side of `==` and `!=`, or what a list is to hold by `in`.
  private func comparedExpression(to expression: Expression) -> Expression? {
    var side = expression
    var isInList = false
    for case .expression(let parent) in location.path.dropLast().reversed() {
      switch parent.kind {
      case .binary(.equal, let left, let right, _), .binary(.notEqual, let left, let right, _):
        return !isInList && right.span == side.span ? left : nil
      case .binary(.isIn, let left, let right, _): return isInList && right.span == side.span ? left : nil
      case .list where !isInList:
        isInList = true
        side = parent
      default: return nil
      }
    }
    return nil
  }

  /// A cursor where the value of a key stands in a record that is an argument: what the command's flag of the same name
  /// takes, such as `true` and `false` behind `endpoints update {enabled:`. Nil where no such flag has words of its own.
  func keyedValues(at expression: Expression) -> Proposals? {
    guard case .missing = expression.kind, !isDollar(expression), let word = word(expression), location.run.isEmpty,
      case .expression(let record)? = location.parent, case .record(let pairs) = record.kind,
      let key = pairs.first(where: { $0.value.span == expression.span })?.key.constant?.stringValue,
      let command = call(ofArgument: record)?.command,
      let flag = command.parameters.first(where: { $0.isFlagLike && $0.camelCasedName == key })
    else { return nil }
    let list = values(of: flag).compactMap { value -> Proposal? in
      if flag.shape == .boolean { return word.style == .bare ? value : nil }
      return Proposal(
        value: value.value, bareText: WordSyntax.key.text(value.value, style: .quoted, isWhole: true),
        summary: value.summary)
    }
    guard !list.isEmpty else { return nil }
    guard word.style == .bare else { return Proposals(word: word, spelling: .key, list: list) }
    return Proposals(word: word, list: list + (word.typed.isEmpty ? operands.list : []))
  }

  /// The keys that the record which is an argument may have, without those that stand in it already.
  func fieldNames(of record: Expression, at key: Expression) -> Proposals {
    guard location.run.isEmpty, let word = word(key), let parameter = parameter(ofArgument: record) else {
      return nothing
    }
    return Proposals(word: word, spelling: .key, list: fieldNames(of: parameter, in: record, besides: key))
  }

  /// The same where the next key of a record may begin; nil where none may.
  func nextFieldNames(of record: Expression, for parameter: ParameterDeclaration?) -> Proposals? {
    guard case .record = record.kind, let parameter, !parameter.fields.isEmpty, location.run.isEmpty,
      let last = location.bytes.last(where: { $0 != UInt8(ascii: " ") && $0 != .lineFeed }),
      last == UInt8(ascii: "{") || last == UInt8(ascii: ",")
    else { return nil }
    return Proposals(word: typed, list: fieldNames(of: parameter, in: record, besides: nil))
  }

  private func fieldNames(
    of parameter: ParameterDeclaration, in record: Expression, besides key: Expression?
  ) -> [Proposal] {
    guard case .record(let pairs) = record.kind else { return [] }
    let given = Set(pairs.filter { $0.key.span != key?.span }.compactMap { $0.key.constant?.stringValue })
    return parameter.fields.filter { !given.contains($0) }.map {
      Proposal(value: $0, bareText: WordSyntax.key.text($0, style: .bare, isWhole: true) + ":")
    }
  }

  /// The parameter for which an expression is given as it stands.
  private func parameter(ofArgument expression: Expression) -> ParameterDeclaration? {
    guard let call = call(ofArgument: expression) else { return nil }
    return call.arguments.last.flatMap { call.parameter(of: $0) }
  }

  /// The command to which an expression is given as it stands.
  private func call(ofArgument expression: Expression) -> CommandCall? {
    guard let place = location.path.lastIndex(where: { $0.isExpression(expression) }), place > 0 else { return nil }
    switch location.path[place - 1] {
    case .call(let call), .stage(let call): return call
    default: return nil
    }
  }
}

extension SyntaxNode {
  fileprivate func isExpression(_ expression: Expression) -> Bool {
    if case .expression(let own) = self { own.span == expression.span } else { false }
  }
}
