import OrderedJSON

enum ToJSONCommand {
  private static let compact = Parameter.flag("compact", "one line without white space")
  private static let indent = Parameter.option(
    "indent", .integer(in: 0...16), default: 2, "how many spaces a level is indented by", defaultText: "2")

  static let command = Command(
    "to json", topic: .data, "makes one JSON text: of one value, or of all items an array; holds the whole text",
    discussion: """
      Numbers, the order of keys and the escapes in strings stay as they came; --compact leaves keys, too, as they \
      were written. `to jsonl` makes a text of each item and holds only one of them.
      """,
    input: .required, result: .value, parameters: [compact, indent],
    takesOuterItem: true,
    examples: [
      .init(#"{id: 1, tags: ["a"]} | to json"#, "one value"),
      .init("[1, 2.50] | where . > 1 | to json --compact", "a stream as an array"),
    ]
  ) { call throws(Interruption) in
    let isCompact = try await call.value(compact)
    let spaces = try await call.value(indent)
    if isCompact, call.isGiven(indent) { throw .failure(bothGiven(call.span(of: indent))) }
    let format = JSONFormat(isCompact ? .compact : .pretty(spaces: spaces), indentation: isCompact ? nil : spaces)
    let input = call.requiredInput
    var bytes: [UInt8] = []
    if call.isInputSingle {
      guard let item = try await input.next() else { return .nothing }
      format.value(item, kind: nil, to: &bytes)
    } else {
      while let item = try await input.next() { format.item(item, to: &bytes) }
      format.end(to: &bytes)
    }
    // The line feed at the end is the format's, not the text's.
    return .value(.string(String(decoding: bytes.dropLast(), as: UTF8.self)), kind: .jsonText)
  }

  private static func bothGiven(_ span: SourceSpan?) -> Failure {
    Failure(.badArgument, "--compact and --indent exclude each other", at: span)
  }
}
