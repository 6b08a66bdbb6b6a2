import OrderedJSON

/// Secrets that a session comes to know by their names. They are not shown on a terminal, whatever they are put into, nor
/// kept in the history.
extension Session {
  /// Whether anybody could see one, or keep it.
  private var mayShowSecrets: Bool { isInteractive || rendering.isTerminal }

  /// Looks at what a variable is bound to.
  func learn(_ value: JSONValue, as name: String) {
    guard mayShowSecrets else { return }
    if case .string(let text, _) = value, SecretNames.isSecret(name) { rendering.learn([text]) } else { learn(value) }
  }

  /// Looks at what a command yields, as it passes by.
  func learn(_ output: Output) {
    guard mayShowSecrets else { return }
    switch output {
    case .nothing: break
    case .value(let value, _): learn(value)
    case .stream(let stream):
      let note = stream.note
      stream.note = { [self] item in
        note?(item)
        learn(item)
      }
    }
  }

  /// Of a record, or of the first records of a list, what it calls a secret.
  private func learn(_ value: JSONValue) {
    switch value {
    case .object(let record):
      if case .string(let text, _)? = record["secret"] { rendering.learn([text]) }
    case .array(let items):
      for case .object(let record) in items.prefix(Self.mostItems) {
        if case .string(let text, _)? = record["secret"] { rendering.learn([text]) }
      }
    default: break
    }
  }

  private static var mostItems: Int { 1000 }
}
