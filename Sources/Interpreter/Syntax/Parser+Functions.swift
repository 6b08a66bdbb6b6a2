extension Parser {
  mutating func function() throws(Stop) -> FunctionDeclaration {
    advance()
    let start = token.span
    let name: String
    let parameters: [FunctionDeclaration.Parameter]
    do throws(Stop) { (name, parameters) = try functionHead() } catch { throw unfinished(.missing(.def, name: nil)) }
    do throws(Stop) {
      let body = try blockOnItsOwnLine(declaring: parameters.map { $0.name } + ["in"])
      return FunctionDeclaration(
        name: name, parameters: parameters, body: body, span: SourceSpan(start.start, previousEnd))
    } catch {
      let body = error.block ?? missingBlock
      let span = unfinishedSpan(from: start.start, [.block(body)])
      throw unfinished(.function(FunctionDeclaration(name: name, parameters: parameters, body: body, span: span)))
    }
  }

  /// Its name and its parameters, which are known from here on.
  private mutating func functionHead() throws(Stop) -> (String, [FunctionDeclaration.Parameter]) {
    guard token.kind == .word else { throw unexpected("the function's name") }
    let name = text(token)
    guard !startsWithDigit(token) else {
      throw stop(.badName, "'\(shown(token.span))' cannot be a function's name", token.span, help: "a letter first")
    }
    guard !token.isReserved, context.registry[name] == nil, !context.registry.isGroup(name) else {
      throw stop(.nameTaken, "'\(shown(token.span))' is already a command or a word of the language", token.span)
    }
    advance()
    try expect(.leftParenthesis, "'('")
    let parameters = try newlines(ignored: true) { parser throws(Stop) in try parser.functionParameters() }
    if !context.functions.contains(name) {
      signatures.define(name, parameters.map { .init(name: $0.name, isRequired: $0.fallback == nil) })
    }
    return (name, parameters)
  }

  private mutating func functionParameters() throws(Stop) -> [FunctionDeclaration.Parameter] {
    var parameters: [FunctionDeclaration.Parameter] = []
    var names: Set<String> = []
    while !skip(.rightParenthesis) {
      let span = token.span
      let name = try variableName()
      guard names.insert(name).inserted else {
        throw stop(.duplicateParameter, "the parameter '\(name)' stands here twice", span)
      }
      var fallback: Expression?
      if skip(.assign) {
        // A default may use the parameters before it.
        scopes.append(Set(parameters.map { $0.name }))
        defer { scopes.removeLast() }
        fallback = try expression()
      }
      if fallback == nil, parameters.last?.fallback != nil {
        throw stop(.missingDefault, "a parameter after one with a default needs a default too", span)
      }
      parameters.append(.init(name: name, fallback: fallback))
      guard skip(.comma) || token.kind == .rightParenthesis else { throw unexpected("',' or ')'") }
    }
    return parameters
  }
}
