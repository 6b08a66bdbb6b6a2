extension Candidates {
  /// What the command at the cursor takes there: the parameter that is being typed, the next one, or the flags that are
  /// left. Nil where no command's arguments stand.
  var hint: String? {
    for (place, node) in location.path.enumerated().reversed() {
      switch node {
      case .call(let call), .stage(let call):
        guard call.nameSpan.end < location.cursor, !call.nameSpan.isEmpty else { return nil }
        return hint(for: call, isInArgument: place < location.path.count - 1)
      case .block, .itemBlock: return nil
      case .statement, .pipeline, .expression: continue
      }
    }
    return nil
  }

  private func hint(for call: CommandCall, isInArgument: Bool) -> String? {
    switch call.callee {
    case .missing:
      let words = location.words(call.nameSpan)
      guard words.count == 1, registry.isGroup(words[0]) else { return nil }
      return members(of: words[0]).map { $0.value }.joined(separator: "  ")
    case .function(let name):
      let parameters = (functionsOfText[name] ?? context.functions[name])?.parameters ?? []
      return parameters.isEmpty ? nil : parameters.map { $0.label }.joined(separator: "  ")
    case .command(let command): return hint(for: command, call, isInArgument: isInArgument)
    }
  }

  private func hint(for command: Command, _ call: CommandCall, isInArgument: Bool) -> String? {
    let argument = call.argumentAt(location.cursor) ?? (isInArgument ? call.arguments.last : nil)
    if let argument, let parameter = call.parameter(of: argument) { return Self.hint(for: parameter) }
    guard !typed.typed.hasPrefix("-") else { return flagHint(command, call) }
    let next = command.parameters.indices.first { index in
      let parameter = command.parameters[index]
      let isGiven = parameter.form == .positional && call.arguments.contains { $0.parameter == index }
      return !parameter.isFlagLike && !isGiven
    }
    return next.map { Self.hint(for: command.parameters[$0]) } ?? flagHint(command, call)
  }

  private static func hint(for parameter: ParameterDeclaration) -> String {
    let label =
      switch parameter.form {
      case .option, .repeatedOption: "\(parameter.label) \(parameter.shape.placeholder)"
      case .positional, .variadic, .flag: parameter.label
      }
    return (parameter.isRequired || parameter.isFlagLike ? label : "[\(label)]") + "  " + parameter.summary
  }

  private func flagHint(_ command: Command, _ call: CommandCall) -> String? {
    let labels = flags(of: command, call, besides: nil).map { $0.value }
    return labels.isEmpty ? nil : labels.joined(separator: "  ")
  }
}
