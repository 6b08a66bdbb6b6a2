import Basics
import OrderedJSON

enum SplitCommand {
  private static let separator = Parameter.positional("separator", .text, "what stands between the parts")
  private static let isPattern = Parameter.flag("regex", "the separator is a regular expression; see help replace")

  static let command = Command(
    "split", topic: .text, "cuts text into the list of its parts",
    discussion: """
      Each text gives a list, with one part more than there are separators; parts may be empty. "" as the separator cuts
      into characters. A regular expression that matches no text at all at the very start or end cuts off nothing there.
      Null stays null.
      """,
    input: .required, result: .asInput, parameters: [separator, isPattern],
    examples: [
      .init(#""order.created.v2" | split ".""#, "a list of three"),
      .init(#""a, b;c" | split '[,;]\s*' --regex | count"#, "at any of several separators"),
    ]
  ) { call throws(Interruption) in
    let separator = try await call.value(separator)
    guard try await call.value(isPattern) else {
      let search = TextSearch(separator)
      return try await call.eachText { text throws(Interruption) in
        guard search.length > 0 else { return .array(text.map { .string(String($0)) }) }
        let bytes = Array(text.utf8)
        return .array(parts(of: bytes, between: search.ranges(in: bytes)))
      }
    }
    let pattern = try call.pattern(separator, from: Self.separator)
    return try await call.eachText { text throws(Interruption) in
      let bytes = Array(text.utf8)
      var ranges: [Range<Int>] = []
      try pattern.forEachMatch(in: text) { match in
        let range = match.range
        if !range.isEmpty || range.lowerBound > 0 && range.upperBound < bytes.count { ranges.append(range) }
      }
      return .array(parts(of: bytes, between: ranges))
    }
  }

  private static func parts(of bytes: [UInt8], between separators: [Range<Int>]) -> [JSONValue] {
    var parts: [JSONValue] = []
    var start = 0
    for separator in separators {
      parts.append(.string(String(decoding: bytes[start..<separator.lowerBound], as: UTF8.self)))
      start = separator.upperBound
    }
    return parts + [.string(String(decoding: bytes[start...], as: UTF8.self))]
  }
}
