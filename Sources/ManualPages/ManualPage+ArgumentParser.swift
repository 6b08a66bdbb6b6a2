import OrderedJSON

extension ManualPage.Option {
  /// The options that a program declares to the argument parser.
  /// - Parameter help: the parser's own description of them, which is JSON.
  package static func declared(in help: String) -> [Self] {
    guard let description = try? JSONValue(parsing: help) else { return [] }
    return (description["command"]?["arguments"]?.arrayValue ?? []).compactMap { Self(argument: $0) }
  }

  /// - Returns: nil for what has no name, and for what help does not show either.
  private init?(argument: JSONValue) {
    guard argument["shouldDisplay"] != false, let names = argument["names"]?.arrayValue else { return nil }
    let spelled = names.compactMap { name -> String? in
      guard let text = name["name"]?.stringValue else { return nil }
      return name["kind"] == "short" ? "-\(text)" : "--\(text)"
    }
    let value = argument["kind"] == "option" ? argument["valueName"]?.stringValue.map { " " + $0.uppercased() } : nil
    self.init(spelled.joined(separator: ", ") + (value ?? ""), argument["abstract"]?.stringValue ?? "")
  }
}
