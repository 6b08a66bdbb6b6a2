extension Parser {
  /// Skips to the next statement: over brackets that the one that starts at `start` opened, never past the one that
  /// closes this block. If a bracket is never closed, to a line that looks like a new statement.
  mutating func recover(from start: Int) {
    let failed = index
    var open: [Token.Kind] = []
    var fallback: Int?
    index = start
    while true {
      let kind = tokens[index].kind
      switch kind {
      case .end:
        if !open.isEmpty, let fallback { index = fallback }
        return
      case .leftBrace, .leftBracket, .leftParenthesis: open.append(kind)
      case .rightParenthesis: if open.last == .leftParenthesis { open.removeLast() }
      case .rightBracket: if open.last == .leftBracket { open.removeLast() }
      case .rightBrace:
        if let brace = open.lastIndex(of: .leftBrace) {
          open.removeSubrange(brace...)
        } else if index >= failed, scopes.count > 1 {
          return
        }
      case .newline:
        // What could not go on may be the first word of the next statement.
        guard index + 1 >= failed else { break }
        if open.isEmpty {
          guard index >= failed else { break }
          if !moveToPipe() { return }
        } else if startsStatement(after: index), !open.contains(.leftBrace) {
          return
        } else if fallback == nil, startsStatement(after: index) || startsAtMargin(after: index) {
          fallback = index
        }
      case .semicolon: if index >= failed, open.isEmpty { return }
      default: break
      }
      index += 1
    }
  }

  /// Moves to the `|` that continues the statement on a line further down, if there is one.
  private mutating func moveToPipe() -> Bool {
    var ahead = index
    while tokens[ahead].kind == .newline { ahead += 1 }
    guard tokens[ahead].kind == .pipe else { return false }
    index = ahead
    return true
  }

  /// Whether the line behind this line break starts as only a statement does.
  private func startsStatement(after newline: Int) -> Bool {
    guard let keyword = tokens[newline + 1].keyword else { return false }
    return keyword.startsStatement && keyword.isReserved && !isKey(newline + 1)
  }

  /// Whether the line behind this line break starts with a word that is not indented.
  private func startsAtMargin(after newline: Int) -> Bool {
    let next = tokens[newline + 1]
    return next.kind == .word && Int(next.start) == tokens[newline].end && !isKey(newline + 1)
  }

  private func isKey(_ index: Int) -> Bool { tokens[min(index + 1, tokens.count - 1)].kind == .colon }
}
