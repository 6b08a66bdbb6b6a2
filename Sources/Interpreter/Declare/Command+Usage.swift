extension Command {
  /// The usage line: `events list [flags]`.
  var usage: String {
    var words = [self.name]
    for parameter in parameters where !parameter.isFlagLike {
      let name = parameter.shape == .block ? "{ … }" : parameter.name.uppercased()
      let word = parameter.form == .variadic ? "\(name)…" : name
      words.append(parameter.isRequired ? word : "[\(word)]")
    }
    for parameter in parameters where parameter.isFlagLike && parameter.isRequired {
      words.append("\(parameter.label) \(parameter.shape.placeholder)")
    }
    if parameters.contains(where: { $0.isFlagLike && !$0.isRequired }) { words.append("[flags]") }
    return words.joined(separator: " ")
  }
}
