import OrderedJSON

enum RepeatCommand {
  private static let count = Parameter.positional("n", .integer(in: 0...1_000_000), "how many times")
  /// The longest text that is made, in bytes.
  private static let maximumLength = 1 << 26

  static let command = Command(
    "repeat", topic: .text, "puts text behind itself, so many times",
    discussion: "The text that comes of it has 64 MB at most. Null stays null.",
    input: .required, result: .asInput, parameters: [count],
    searchWords: ["replicate", "times", "str repeat", "fill"],
    examples: [
      .init(#""-" | repeat 10"#, "a line", gives: "----------"),
      .init(#"["ab", "c"] | repeat 2"#, "each text", gives: "abab\ncc"),
    ]
  ) { call throws(Interruption) in
    let count = try await call.value(count)
    return try await call.eachText { text throws(Interruption) in
      let (length, isTooLong) = text.utf8.count.multipliedReportingOverflow(by: count)
      guard !isTooLong, length <= maximumLength else { throw .failure(tooLong(at: call.span(of: Self.count))) }
      return .string(String(repeating: text, count: count))
    }
  }

  private static func tooLong(at span: SourceSpan?) -> Failure {
    Failure(.tooLong, "the text so many times is longer than \(maximumLength >> 20) MB", at: span)
  }
}
