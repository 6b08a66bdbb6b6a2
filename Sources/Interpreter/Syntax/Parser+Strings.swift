import Basics
import OrderedJSON

extension Parser {
  /// What a `"…"` means: a constant, or text with interpolations in it.
  mutating func string(_ token: Token) throws(Stop) -> Expression {
    var parts: [Expression] = []
    var text: [UInt8] = []
    var position = token.span.start + 1
    let end = token.span.end - 1
    var isWarned = false
    guard bytes[position..<end].contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "$") }) else {
      return literal(bytes[position..<end], token.span)
    }
    while position < end {
      guard bytes[position] == UInt8(ascii: "\\") else {
        if !isWarned, bytes[position] == UInt8(ascii: "$") { isWarned = noteVariable(at: position, end: end) }
        text.append(bytes[position])
        position += 1
        continue
      }
      if bytes[position + 1] == UInt8(ascii: "(") {
        if !text.isEmpty { parts.append(literal(text, token.span)) }
        text = []
        let start = position + 1
        position = start
        guard Lexer.skipInterpolation(bytes, &position, end, depth: 1) else {
          throw stop(.unexpectedEnd, "this interpolation has no closing parenthesis", SourceSpan(start, start + 1))
        }
        parts.append(try interpolation(in: start..<position))
      } else {
        position = try escape(at: position, end: end, into: &text)
      }
    }
    if parts.isEmpty { return spelled(token) ?? literal(text, token.span) }
    if !text.isEmpty { parts.append(literal(text, token.span)) }
    return Expression(kind: .interpolation(parts), span: token.span)
  }

  /// Warns of a variable whose name stands in a text as if it were filled in; it may be meant.
  ///
  /// - Parameter dollar: where its `$` stands.
  /// - Returns: whether it is one.
  private mutating func noteVariable(at dollar: Int, end: Int) -> Bool {
    let name = bytes[(dollar + 1)..<end].prefix { isWordByte($0) }
    guard !name.isEmpty, name.count <= Self.longestShown, warnings.count < Self.maximumDiagnostics else { return false }
    let variable = String(decoding: name, as: UTF8.self)
    guard scopes.contains(where: { $0.contains(variable) }) else { return false }
    warnings.append(
      Diagnostic(
        .warning, .unfilledVariable, "'$\(variable)' in this text stays as it is",
        at: SourceSpan(dollar, name.endIndex),
        help: "\\($\(variable)) fills it in; '…' says that it is meant"))
    return true
  }

  private func literal(_ text: some Collection<UInt8>, _ span: SourceSpan) -> Expression {
    Expression(kind: .literal(.string(String(decoding: text, as: UTF8.self))), span: span)
  }

  /// A string that JSON would read too keeps its escapes as they were written.
  private func spelled(_ token: Token) -> Expression? {
    let range = token.span.start..<token.span.end
    guard let value = try? JSONValue(parsing: bytes, in: range) else { return nil }
    return Expression(kind: .literal(value), span: token.span)
  }

  /// Parses what stands in the parentheses with a token list of its own.
  private mutating func interpolation(in range: Range<Int>) throws(Stop) -> Expression {
    let saved = (tokens, index, ignoresNewlines, triesJSON)
    defer { (tokens, index, ignoresNewlines, triesJSON) = saved }
    tokens = Lexer.tokens(bytes, in: range)
    index = 0
    triesJSON = true
    let around = height
    height = 0
    defer { height = max(height, around) }
    let expression = try parenthesis()
    guard token.kind == .end else { throw unexpected("the end of the interpolation") }
    return expression
  }

  private mutating func escape(at start: Int, end: Int, into text: inout [UInt8]) throws(Stop) -> Int {
    guard let escape = JSONEscape(in: bytes[..<end], at: start) else { throw badEscape(at: start, end: end) }
    text += String(escape.scalar).utf8
    return start + escape.length
  }

  private mutating func badEscape(at start: Int, end: Int) -> Stop {
    if bytes[start + 1] == UInt8(ascii: "u") {
      return stop(
        .badEscape, "not a Unicode escape: \\u has four hexadecimal digits behind it",
        SourceSpan(start, min(start + 6, end)))
    }
    return stop(
      .badEscape, "'\(source.text(SourceSpan(start, start + 2)))' is not an escape", SourceSpan(start, start + 2),
      help: "a backslash itself is \\\\; in '…' nothing is escaped")
  }
}
