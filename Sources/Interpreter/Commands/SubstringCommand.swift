import OrderedJSON

enum SubstringCommand {
  private static let start = Parameter.positional(
    "from", .integer, "the first character, counted from 0; -1 is the last one")
  private static let end = Parameter.optionalPositional(
    "to", .integer, "the character to end before; without it, the text's end")

  static let command = Command(
    "substring", topic: .text, "takes a part out of text, by characters",
    discussion: """
      Characters are what people count: é is one, however it is written, and so is a flag. FROM is counted from 0, and TO \
      is left out, so that substring 0 3 are the first three. What is negative counts from the end. Places outside of \
      the text are its ends. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [start, end],
    searchWords: ["substr", "slice", "mid", "left", "right", "cut", "prefix", "suffix"],
    examples: [
      .init(#""2026-01-31T12:00:00Z" | substring 0 10"#, "the first ten", gives: "2026-01-31"),
      .init(#""evt_123" | substring -3"#, "the last three", gives: "123"),
    ]
  ) { call throws(Interruption) in
    let start = try await call.value(start)
    let end = try await call.value(end)
    return try await call.eachText { text throws(Interruption) in .string(part(of: text, from: start, to: end)) }
  }

  /// A long text is not counted where its beginning is all that is asked for.
  private static func part(of text: String, from start: Int, to end: Int?) -> String {
    let lower = index(in: text, at: start)
    let upper = end.map { index(in: text, at: $0) } ?? text.endIndex
    return lower < upper ? String(text[lower..<upper]) : ""
  }

  private static func index(in text: String, at place: Int) -> String.Index {
    if place >= 0 { return text.index(text.startIndex, offsetBy: place, limitedBy: text.endIndex) ?? text.endIndex }
    return text.index(text.endIndex, offsetBy: place, limitedBy: text.startIndex) ?? text.startIndex
  }
}
