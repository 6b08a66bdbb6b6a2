/// What is known of a text's functions: their parameters, and the calls that are to be held against them.
struct FunctionSignatures {
  struct FunctionCall {
    let name: String
    let span: SourceSpan
    let arguments: [Argument]
  }

  /// nil for a name that is defined more than once: which definition a call meets is known only when it runs.
  private var parameters: [String: [FunctionDeclaration.Parameter]?] = [:]
  private(set) var calls: [FunctionCall] = []

  /// - Parameter declared: nil where another function of that name is there already.
  mutating func define(_ name: String, _ declared: [FunctionDeclaration.Parameter]?) {
    parameters[name] = .some(parameters.keys.contains(name) ? nil : declared)
  }

  mutating func merge(_ other: FunctionSignatures) {
    for (name, declared) in other.parameters { define(name, declared) }
  }

  mutating func note(_ call: FunctionCall) { calls.append(call) }

  func parameters(of name: String) -> [FunctionDeclaration.Parameter]? { parameters[name] ?? nil }
  func defines(_ name: String) -> Bool { parameters.keys.contains(name) }
}

extension Parser {
  /// Holds the calls of functions against their definitions, wherever those stand.
  mutating func checkCalls() {
    let before = diagnostics.count
    for call in signatures.calls {
      let known = signatures.defines(call.name) ? nil : context.declarations[call.name]?.parameters
      guard let parameters = signatures.parameters(of: call.name) ?? known,
        let mistake = FunctionArguments(call.arguments, of: call.name, parameters, at: call.span).mistake
      else { continue }
      report(mistake.code, mistake.message, mistake.span ?? call.span, help: mistake.help)
    }
    guard diagnostics.count > before else { return }
    diagnostics.sort { $0.span.start < $1.span.start }
  }
}
