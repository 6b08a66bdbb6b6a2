import OrderedJSON

enum JoinCommand {
  private static let separator = Parameter.positional(
    "separator", .text, default: "", "what to put between the items", defaultText: "nothing")

  static let command = Command(
    "join", topic: .text, "makes one text of all items; holds all of them",
    discussion: """
      Strings are taken raw, numbers and booleans as they print, null as empty text. Lists and records are an error.
      Without any item the text is empty.
      """,
    input: .required, result: .value, parameters: [separator],
    examples: [
      .init(#"["a", "b", "c"] | join ", ""#, "a list as one line"),
      .init(#"[{id: "evt_1"}, {id: "evt_2"}] | get id | join "\n""#, "a line for each item"),
    ]
  ) { call throws(Interruption) in
    let separator = try await call.value(separator)
    let input = call.requiredInput
    var text = ""
    var isFirst = true
    while let item = try await input.next() {
      switch item {
      case .array, .object:
        await input.close()
        throw .failure(wrongKind(item))
      default:
        if !isFirst { text += separator }
        if !item.isNull { text += item.text }
        guard text.utf8.count <= JSONValue.longestText else {
          await input.close()
          throw .failure(.tooLongText)
        }
        isFirst = false
      }
    }
    return .value(.string(text))
  }

  private static func wrongKind(_ item: JSONValue) -> Failure {
    let help =
      item.arrayValue == nil ? "get takes a field out of each record" : "flatten gives a list's items one by one"
    return Failure(.typeMismatch, "'join' takes text, numbers and booleans, got \(item.kindWithArticle)", help: help)
  }
}
