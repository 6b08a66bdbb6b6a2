/// A regular expression, matched in time that grows with the length of the pattern times that of the text, whatever
/// the two are: no pattern makes it explode.
///
/// Matching goes over Unicode scalars. Of several matches the leftmost counts, and among those at one place the one
/// that a search trying alternatives from left to right finds first, as in Perl.
///
/// | written | matches |
/// |---|---|
/// | `a` `\.` `\n` `\r` `\t` `\u{e9}` | itself; a backslash takes a sign's meaning away |
/// | `.` | any character but a line feed |
/// | `[a-z_]` `[^a-z]` | one of these, none of these; escapes mean the same inside |
/// | `\d` `\w` `\s`, `\D` `\W` `\S` | a digit 0 to 9; a letter, mark, digit or `_` of any script; white space; not that |
/// | `^` `$` `\b` `\B` | the text's start and end; a word's edge; not that |
/// | `xy` `x\|y` | one after the other; one of the two |
/// | `(x)` `(?<name>x)` `(?:x)` | a group that is captured, by number or name; one that is not |
/// | `x*` `x+` `x?` `x{2}` `x{2,}` `x{2,5}` | so many, as many as possible; with a `?` behind, as few as possible |
/// | `(?i)` `(?s)` `(?m)` at the start | case is ignored; `.` takes a line feed; `^` and `$` hold at every line |
///
/// There are no back-references and no look-around: they cannot be matched in such time.
package struct Pattern: Sendable {
  /// As it was written.
  package let source: String
  let program: PatternProgram

  /// - Throws: what is wrong and where, also when the pattern is too large to be matched quickly.
  package init(_ source: String) throws(PatternError) {
    self.source = source
    program = try PatternCompiler.program(of: try PatternParser.parse(source))
  }

  /// The names of the groups by number; group 0, the whole match, and groups without a name have none.
  package var groupNames: [String?] { program.groupNames }

  /// Whether it matches anywhere in the text.
  package func matches(_ text: String) throws(MatchingStopped) -> Bool {
    var matcher = PatternMatcher(program, text, capturing: false)
    return try matcher.search(from: 0)
  }

  /// The matches from left to right, none overlapping another.
  package func matches(in text: String) -> PatternMatches { PatternMatches(PatternMatcher(program, text)) }
}

/// Where a pattern matched: offsets in the text's UTF-8.
package struct PatternMatch: Sendable, Hashable {
  /// By the group's number, 0 being the whole match; nil for a group that took no part.
  package let groups: [Range<Int>?]
  package let range: Range<Int>
}

/// Why a text is no pattern.
package struct PatternError: Error, Sendable, Hashable {
  /// One clause without a full stop, such as `this group is never closed`.
  package let reason: String
  /// The number of characters (Unicode scalars) before the cause; nil when the pattern as a whole is at fault.
  package let offset: Int?
}

extension PatternError: CustomStringConvertible {
  package var description: String { offset.map { "at character \($0 + 1), \(reason)" } ?? reason }
}

/// How much work matching may take.
package enum PatternWork {
  /// The most for one text, in instructions looked at: some seconds. Tests want it smaller.
  @TaskLocal package static var maximum = 1 << 28
}

/// Matching was given up: the text is so long that it would take too much work, or the task was cancelled.
package struct MatchingStopped: Error, Sendable, Hashable {}

/// The matches in one text, found one at a time.
///
/// An empty match right behind the match before it is passed over, so that `x*` finds three places in `axb`.
package struct PatternMatches {
  private var matcher: PatternMatcher
  private var start = 0
  private var end: Int?

  init(_ matcher: PatternMatcher) { self.matcher = matcher }

  package mutating func next() throws(MatchingStopped) -> PatternMatch? {
    while start <= matcher.length, try matcher.search(from: start), let match = matcher.match {
      let range = match.range
      start = range.isEmpty ? matcher.offset(after: range.upperBound) : range.upperBound
      if range.isEmpty, range.upperBound == end { continue }
      end = range.upperBound
      return match
    }
    start = matcher.length + 1
    return nil
  }
}
