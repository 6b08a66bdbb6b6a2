/// What is known of a text's functions: their parameters, and the calls that are to be held against them.
struct FunctionSignatures {
  struct Parameter {
    let name: String
    let isRequired: Bool
  }

  struct FunctionCall {
    let name: String
    let span: SourceSpan
    let arguments: [(name: String?, span: SourceSpan)]
  }

  /// nil for a name that is defined more than once: which definition a call meets is known only when it runs.
  private var parameters: [String: [Parameter]?] = [:]
  private(set) var calls: [FunctionCall] = []

  mutating func define(_ name: String, _ declared: [Parameter]) {
    parameters[name] = .some(parameters.keys.contains(name) ? nil : declared)
  }

  mutating func merge(_ other: FunctionSignatures) {
    for (name, declared) in other.parameters {
      parameters[name] = .some(parameters.keys.contains(name) ? nil : declared)
    }
  }

  mutating func note(_ call: FunctionCall) { calls.append(call) }

  /// What is wrong with a call, if its function is known.
  func mistake(in call: FunctionCall) -> Diagnostic? {
    guard let declared = parameters[call.name] ?? nil else { return nil }
    var given: Set<String> = []
    var position = 0
    for argument in call.arguments {
      var parameter: Parameter?
      if let name = argument.name {
        parameter = declared.first { $0.name == name }
      } else if position < declared.count {
        parameter = declared[position]
        position += 1
      }
      guard let parameter, given.insert(parameter.name).inserted else {
        return Self.noPlace(call.name, declared.map { $0.name }, argument.span)
      }
    }
    guard let missing = declared.first(where: { $0.isRequired && !given.contains($0.name) }) else { return nil }
    return Self.missing(call.name, missing.name, call.span)
  }

  private static func noPlace(_ function: String, _ names: [String], _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, .unexpectedArgument, "'\(function)' has no place for this argument", at: span,
      help: names.isEmpty ? "it takes none" : "it takes: \(names.joined(separator: ", "))")
  }

  private static func missing(_ function: String, _ name: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(.error, .missingArgument, "'\(function)' needs \(name)", at: span)
  }
}

extension Parser {
  /// Holds the calls of functions against their definitions, wherever those stand.
  mutating func checkCalls() {
    let before = diagnostics.count
    for call in signatures.calls {
      guard let mistake = signatures.mistake(in: call) else { continue }
      report(mistake.code, mistake.message, mistake.span, help: mistake.help)
    }
    guard diagnostics.count > before else { return }
    diagnostics.sort { $0.span.start < $1.span.start }
  }
}
