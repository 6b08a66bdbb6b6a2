import Basics
import OrderedJSON

enum PadCommand {
  private static let width = Parameter.positional("n", .integer(in: 0...10_000), "how many columns to fill")
  private static let filling = Parameter.positional(
    "text", .text, default: " ", "what to fill with, again and again", defaultText: "a space")
  private static let onRight = Parameter.flag("right", "fill on the right, so that the text stands on the left")

  static let command = Command(
    "pad", topic: .text, "fills text up to a width, on the left",
    discussion: """
      What is counted is what a terminal shows: a Chinese character or an emoji takes two columns, and é one however it is \
      written. A text that is as wide already stays. TEXT is cut where it does not fit; where half of a wide character \
      would be needed, a space stands. A number is taken as it is written. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [width, filling, onRight],
    searchWords: ["lpad", "rpad", "padStart", "padEnd", "ljust", "rjust", "zfill", "fill", "align"],
    examples: [
      .init("7 | pad 3 0", "a number of three digits", gives: "007"),
      .init(#"["a", "bcd"] | pad 4 "." --right"#, "a column of its own", gives: "a...\nbcd."),
    ]
  ) { call throws(Interruption) in
    let width = try await call.value(width)
    let filling = try await call.value(filling)
    let isOnRight = try await call.value(onRight)
    guard DisplayWidth.width(filling) > 0 else { throw .failure(noWidth(at: call.span(of: Self.filling))) }
    let whole = Self.whole(filling, width)
    return try await call.eachTextOrNumber { text in
      let missing = width - DisplayWidth.width(text)
      guard missing > 0 else { return text }
      let fitting = DisplayWidth.prefix(whole, width: missing)
      let filled = fitting + String(repeating: " ", count: missing - DisplayWidth.width(fitting))
      return isOnRight ? text + filled : filled + text
    }
  }

  /// The filling, as often as the widest gap may take it.
  private static func whole(_ filling: String, _ width: Int) -> String {
    var text = DisplayWidth.prefix(filling, width: width)
    let once = max(1, DisplayWidth.width(filling))
    if once < width { text = String(repeating: filling, count: width / once + 1) }
    return text
  }

  private static func noWidth(at span: SourceSpan?) -> Failure {
    Failure(.badArgument, "TEXT: nothing can be filled with a text that takes no column", at: span)
  }
}
