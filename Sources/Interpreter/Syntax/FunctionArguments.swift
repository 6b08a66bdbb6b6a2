/// Which argument of a call is for which parameter of a function.
struct FunctionArguments {
  /// The argument for each parameter, by its position in the declaration; nil where none is given.
  private(set) var given: [Argument?]
  /// What `...name` takes.
  private(set) var rest: [Argument] = []
  /// What is wrong with the call.
  private(set) var mistake: Failure?

  /// - Parameter span: where the function's name stands in the call.
  init(
    _ arguments: [Argument], of function: String, _ parameters: [FunctionDeclaration.Parameter], at span: SourceSpan
  ) {
    given = Array(repeating: nil, count: parameters.count)
    var positional = parameters.indices.filter { parameters[$0].form == .positional }[...]
    let takesRest = parameters.contains { $0.form == .rest }
    for argument in arguments {
      let place: Int
      if let name = argument.name {
        guard let found = parameters.firstIndex(where: { $0.name == name && $0.form != .rest }) else {
          mistake = Self.unknownFlag(name, function, parameters, at: argument.span)
          return
        }
        guard !argument.lacksValue || parameters[found].form == .flag else {
          mistake = Failure(.missingValue, "--\(name) needs a value", at: argument.span, help: "--\(name) VALUE")
          return
        }
        place = found
      } else if let next = positional.popFirst() {
        place = next
      } else if takesRest {
        rest.append(argument)
        continue
      } else {
        mistake = Self.noPlace(function, parameters, at: argument.span)
        return
      }
      guard given[place] == nil else {
        mistake = Self.noPlace(function, parameters, at: argument.span)
        return
      }
      given[place] = argument
    }
    guard let missing = parameters.indices.first(where: { parameters[$0].isRequired && given[$0] == nil }) else {
      return
    }
    mistake = Failure(.missingArgument, "'\(function)' needs \(parameters[missing].name)", at: span)
  }

  private static func noPlace(
    _ function: String, _ parameters: [FunctionDeclaration.Parameter], at span: SourceSpan
  ) -> Failure {
    Failure(
      .unexpectedArgument, "'\(function)' has no place for this argument", at: span,
      help: parameters.isEmpty ? "it takes none" : "it takes: \(parameters.map { $0.label }.joined(separator: ", "))")
  }

  private static func unknownFlag(
    _ name: String, _ function: String, _ parameters: [FunctionDeclaration.Parameter], at span: SourceSpan
  ) -> Failure {
    guard name != "help" else {
      return Failure(
        .unknownFlag, "'\(function)' has no flag --help", at: span, help: "help \(function) shows what it takes")
    }
    let near = Suggestion.nearest(to: name, among: parameters.filter { $0.form != .rest }.map { $0.name })
    let shown = name.utf8.count <= 60 ? " --\(name)" : " of that name"
    return Failure(
      .unknownFlag, "'\(function)' has no flag\(shown)", at: span,
      help: near.map { "did you mean --\($0)?" }
        ?? (parameters.isEmpty
          ? "it takes nothing" : "it takes: \(parameters.map { $0.label }.joined(separator: ", "))"))
  }
}
