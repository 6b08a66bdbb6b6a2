import Basics
import OrderedJSON

enum ReplaceCommand {
  private static let old = Parameter.positional("old", .text, "what to replace")
  private static let new = Parameter.positional("new", .text, "what to put there")
  private static let isPattern = Parameter.flag("regex", "OLD is a regular expression")
  private static let onlyFirst = Parameter.flag("first", "only the first occurrence in each text")

  static let command = Command(
    "replace", topic: .text, "replaces each occurrence of a text by another",
    discussion: """
      With --regex, $1 or $name in NEW (${1}, ${name} before a letter or digit) stands for what that group matched, $0
      for all of it, $$ for a $; write both in '…', where a backslash and a $ are nothing but themselves. A regular
      expression, also behind =~, knows: . [a-z] [^a-z] \\d \\w \\s \\D \\W \\S ^ $ \\b \\B, | ( ) (?:…) (?<name>…),
      * + ? {2} {2,} {2,5} and the same with a ? behind for as few as possible, \\n \\t \\r \\u{e9}, and at the start (?i)
      to ignore case, (?m) for ^ and $ at each line, (?s) for a . that takes line feeds. The leftmost match counts,
      and there the first alternative. There are no back-references and no look-around: its time grows with the text's
      length alone. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [old, new, isPattern, onlyFirst],
    examples: [
      .init(#""a-b-c" | replace "-" "_""#, "all of them"),
      .init(#""2026-01-31" | replace '(\d+)-(\d+)-(\d+)' '$3.$2.$1' --regex"#, "with what groups matched"),
      .init(#""to: a@x.io, b@y.io" | replace '\S+@(?<host>[\w.]+)' '*@$host' --regex --first"#, "the first, by name"),
    ]
  ) { call throws(Interruption) in
    let old = try await call.value(old)
    let new = try await call.value(new)
    let limit = try await call.value(onlyFirst) ? 1 : Int.max
    if try await call.value(isPattern) {
      let pattern = try call.pattern(old, from: Self.old)
      let replacement: Replacement
      do throws(Failure) {
        replacement = try Replacement(new, groups: pattern.groupNames)
      } catch {
        throw .failure(call.span(of: Self.new).map { error.located(at: $0) } ?? error)
      }
      return try await call.eachText { text throws(Interruption) in
        var rewriting = Rewriting(text)
        try pattern.forEachMatch(in: text, atMost: limit) { match throws(Interruption) in
          try rewriting.put(replacement.text(for: match, in: rewriting.bytes), at: match.range)
        }
        return .string(rewriting.text)
      }
    }
    let search = TextSearch(old)
    guard search.length > 0 else { throw .failure(emptyOld(at: call.span(of: Self.old))) }
    let replacement = Array(new.utf8)
    return try await call.eachText { text throws(Interruption) in
      var rewriting = Rewriting(text)
      for range in search.ranges(in: rewriting.bytes, atMost: limit) { try rewriting.put(replacement, at: range) }
      return .string(rewriting.text)
    }
  }

  private static func emptyOld(at span: SourceSpan?) -> Failure {
    Failure(.badArgument, "OLD: the empty text cannot be replaced", at: span)
  }
}

/// A text that is made anew from the left, part of it replaced.
private struct Rewriting {
  /// The longest text that is made, in bytes: each occurrence of a short text may become a long one.
  private static let maximumLength = 1 << 28

  let bytes: [UInt8]
  private var result: [UInt8] = []
  private var end = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func put(_ replacement: [UInt8], at range: Range<Int>) throws(Interruption) {
    result += bytes[end..<range.lowerBound]
    result += replacement
    end = range.upperBound
    guard result.count <= Self.maximumLength else { throw .failure(Self.tooLong) }
  }

  var text: String { String(decoding: result + bytes[end...], as: UTF8.self) }

  private static var tooLong: Failure {
    Failure(.tooLong, "the text with its replacements is longer than \(maximumLength >> 20) MB")
  }
}
