import OrderedJSON

/// Words that cannot be right, as far as the declarations tell. They are warned about: a server may know more.
extension Parser {
  /// Comparisons of the items' fields with words that these never have: `events list | where .status == "Failed"`.
  mutating func checkFixedWords(_ head: Pipeline.Head, _ tail: [CommandCall]) {
    guard case .command(let call) = head, case .command(let source) = call.callee, let kind = source.itemKind,
      !kind.words.isEmpty
    else { return }
    for stage in tail {
      guard case .command(let command) = stage.callee else { return }
      for argument in stage.arguments {
        guard case .expression(let expression) = argument.content else { continue }
        checkComparisons(in: expression, kind)
      }
      guard command.flow == .kept else { return }
    }
  }

  /// Conditions are mostly comparisons that `and` joins: those are looked through without a list of all that is in them.
  private mutating func checkComparisons(in expression: Expression, _ kind: ItemKind) {
    switch expression.kind {
    case .literal, .item, .variable, .missing: break
    case .path(let base, let steps) where base.isItemAlone && steps.allSatisfy { $0.expression == nil }: break
    case .binary(_, let left, let right, _):
      checkComparison(expression, kind)
      checkComparisons(in: left, kind)
      checkComparisons(in: right, kind)
    default:
      for case .expression(let part) in expression.children { checkComparisons(in: part, kind) }
    }
  }

  private mutating func checkComparison(_ expression: Expression, _ kind: ItemKind) {
    guard case .binary(let operation, let left, let right, _) = expression.kind else { return }
    switch operation {
    case .equal, .notEqual:
      check(left.fieldOfItem, against: right, kind)
      check(right.fieldOfItem, against: left, kind)
    case .isIn: check(left.fieldOfItem, against: right, kind)
    default: break
    }
  }

  private mutating func check(_ field: String?, against operand: Expression, _ kind: ItemKind) {
    guard let field, let words = kind.words[field], let constant = operand.constant else { return }
    for value in constant.arrayValue ?? [constant] {
      guard case .string(let word, _) = value, !words.contains(word) else { continue }
      let near = Suggestion.nearest(to: word, among: words)
      let shown = word.utf8.count <= Self.longestShown ? "'\(word)'" : "that"
      warn(
        .unknownWord, "the \(field) of \(kind.name) records is never \(shown)", operand.span,
        help: near.map { "did you mean \"\($0)\"?" } ?? "it is one of: \(words.joined(separator: ", "))")
    }
  }

  /// `like "order.%"`, as SQL has it: nothing would match, and nothing be said.
  mutating func checkWildcards(_ right: Expression) {
    guard case .string(let pattern, _)? = right.constant, pattern.contains("%"), !pattern.contains("*") else { return }
    let advice = pattern.utf8.count <= Self.longestShown ? ": like \"\(pattern.replacing("%", with: "*"))\"" : ""
    warn(
      .foreignSpelling, "a % stands for itself in a pattern", right.span, help: "* stands for any text" + advice)
  }

  /// `sort-by .n desc`, as SQL has it: it is one more field.
  mutating func checkDirection(_ argument: Argument, in command: Command) {
    guard case .path(_, let steps) = argument.content, steps.count == 1,
      command.parameters.contains(where: { $0.name == "desc" && $0.form == .flag })
    else { return }
    switch source.text(source.head(argument.span, limit: Self.longestShown)).lowercased() {
    case "desc", "descending":
      warn(
        .foreignSpelling, "this is one more field to sort by", argument.span,
        help: "--desc has the largest first; a field has a dot: .desc")
    case "asc", "ascending":
      warn(
        .foreignSpelling, "this is one more field to sort by", argument.span,
        help: "the least comes first anyway; a field has a dot: .asc")
    default: break
    }
  }

  /// Keys of a record that its parameter does not know: `endpoints update {urll: "…"}`. One that is nearly a known one is
  /// refused: it would change nothing, and say that all went well. Another one may be known to the server, a longer or a
  /// shorter name, too.
  mutating func checkFields(of expression: Expression, _ declaration: ParameterDeclaration, in command: Command) {
    guard !declaration.fields.isEmpty else { return }
    let keys: [String] =
      switch expression.kind {
      case .literal(.object(let record)): Array(record.keys)
      case .record(let pairs): pairs.compactMap { $0.key.constant?.stringValue }
      default: []
      }
    for key in keys where !declaration.fields.contains(key) {
      let near = Suggestion.nearest(to: key, among: declaration.fields)
      let shown = key.utf8.count <= Self.longestShown ? "'\(key)'" : "this key"
      let message = "'\(command.name)' knows no field \(shown)"
      let span = place(ofKey: key, in: expression.span)
      let help = near.map { "did you mean \($0)?" }
      if let near, Suggestion.isSlip(key, of: near) {
        report(.unknownKey, message, span, help: help)
      } else {
        warn(.unknownField, message, span, help: help)
      }
    }
  }

  /// Where a key stands in a record; the record where it is written in another way.
  private func place(ofKey key: String, in span: SourceSpan) -> SourceSpan {
    let names = [key, "\"\(key)\"", "'\(key)'"]
    var place = index
    while place > 0, Int(tokens[place - 1].start) >= span.start { place -= 1 }
    while place + 1 < tokens.count, tokens[place].end <= span.end {
      if tokens[place + 1].kind == .colon, names.contains(text(tokens[place])) { return tokens[place].span }
      place += 1
    }
    return span
  }

  private mutating func warn(_ code: Failure.Code, _ message: String, _ span: SourceSpan, help: String?) {
    guard isReporting else { return }
    diagnostics.append(Diagnostic(.warning, code, message, at: span, help: help))
  }
}

extension Expression {
  /// `a` of `.a`, where nothing follows.
  fileprivate var fieldOfItem: String? {
    guard case .path(let base, let steps) = kind, base.isItemAlone, steps.count == 1, case .key(let key) = steps[0].kind
    else { return nil }
    return key
  }
}
