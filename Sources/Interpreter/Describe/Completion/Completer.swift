import Basics

/// What may stand at a place in a line, read from the declarations and from what a session knows already: it never asks
/// a server, never waits, and looks at no value longer than a moment.
public struct Completer: Sendable {
  public struct Candidate: Sendable, Hashable {
    /// As it is written in the line.
    public let text: String
    public let summary: String
    /// Whether a space should follow.
    public let isWhole: Bool
  }

  public struct Completion: Sendable {
    /// The UTF-8 offsets of what a candidate replaces.
    public let replacing: Range<Int>
    public let candidates: [Candidate]
    /// Whether none begins with what was typed, and its letters stand within them: best first.
    public var isByInnerLetters = false
  }

  private let context: CompletionContext

  public init(_ context: CompletionContext) { self.context = context }

  /// - Parameter cursor: a UTF-8 offset. What stands behind it only tells how much of a word a candidate replaces.
  public func complete(_ text: String, at cursor: Int) -> Completion {
    let bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    guard let candidates = candidates(before: Array(bytes[..<cursor])) else {
      return Completion(replacing: cursor..<cursor, candidates: [])
    }
    return Self.completion(candidates.proposals(), bytes, cursor)
  }

  /// What is shown beside a line while it is typed.
  public struct Preview: Sendable {
    /// How the word at the cursor goes on, where it can go on in one way only.
    public let continuation: String?
    /// What the command at the cursor takes next.
    public let hint: String?
  }

  /// - Parameters:
  ///   - cursor: a UTF-8 offset, as for `complete`.
  ///   - parsed: the text, if it was parsed already and the cursor stands at its end.
  public func preview(_ text: String, at cursor: Int, parsed: ParseResult? = nil) -> Preview {
    let bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    guard let candidates = candidates(before: Array(bytes[..<cursor]), parsed: parsed) else {
      return Preview(continuation: nil, hint: nil)
    }
    let completion = Self.completion(candidates.proposals(), bytes, cursor)
    var continuation: String?
    if completion.candidates.count == 1, completion.replacing.upperBound == cursor, !completion.replacing.isEmpty {
      let (text, typed) = (completion.candidates[0].text, bytes[completion.replacing])
      if text.utf8.starts(with: typed), text.utf8.count > typed.count {
        continuation = String(decoding: text.utf8.dropFirst(typed.count), as: UTF8.self)
      }
    }
    return Preview(continuation: continuation, hint: candidates.hint)
  }

  /// Nil in a comment.
  private func candidates(before: [UInt8], parsed: ParseResult? = nil) -> Candidates? {
    guard !Lexer.endsInComment(before) else { return nil }
    if let parsed { return Candidates(CursorLocation(endOf: before, parsed.program), context) }
    var names = ParsingContext(
      registry: context.registry, variables: context.variableNames, functions: Set(context.functions.keys))
    names.declarations = context.functions
    let parsed = Parser.parse(SourceText(name: "", bytes: before), in: names)
    return Candidates(CursorLocation(endOf: before, parsed.program), context)
  }

  /// Keeps what goes on with what was typed, and writes it as the language reads it.
  private static func completion(_ proposals: Proposals, _ bytes: [UInt8], _ cursor: Int) -> Completion {
    var range = proposals.word.range
    let style = proposals.word.style
    var matches = proposals.list.filter { $0.value.utf8.starts(with: proposals.word.typed.utf8) }
    let isByInnerLetters = matches.isEmpty && (style != .bare || cursor == bytes.count || !isWordByte(bytes[cursor]))
    if isByInnerLetters { matches = byInnerLetters(proposals) }
    if style == .bare {
      var end = cursor
      while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
      let typed = proposals.word.typed + String(decoding: bytes[cursor..<end], as: UTF8.self)
      let through = matches.filter { $0.value.utf8.starts(with: typed.utf8) }
      if end > cursor, !through.isEmpty {
        matches = through
        range = range.lowerBound..<end
      }
    } else if cursor < bytes.count, bytes[cursor] == UInt8(ascii: style == .raw ? "'" : "\"") {
      range = range.lowerBound..<cursor + 1
    }
    var texts = matches.map { match in
      if style == .bare, let text = match.bareText { return text }
      return proposals.spelling.text(match.value, style: style, isWhole: match.isWhole)
    }
    // Of a path only the last name need be replaced and shown.
    let folder = (style == .bare ? "" : style == .raw ? "'" : "\"") + proposals.folder
    let written = bytes[range.lowerBound..<cursor]
    if !proposals.folder.isEmpty, written.starts(with: folder.utf8), texts.allSatisfy({ $0.hasPrefix(folder) }) {
      texts = texts.map { String($0.dropFirst(folder.count)) }
      range = range.lowerBound + folder.utf8.count..<range.upperBound
    }
    return Completion(
      replacing: range,
      candidates: zip(matches, texts).map { Candidate(text: $1, summary: $0.summary, isWhole: $0.isWhole) },
      isByInnerLetters: isByInnerLetters && !matches.isEmpty)
  }

  private static func byInnerLetters(_ proposals: Proposals) -> [Proposals.Proposal] {
    let found = (proposals.list + proposals.longer).enumerated().compactMap { place, proposal in
      LetterMatch(proposals.word.typed, in: proposal.value).map { ($0.rawValue, place, proposal) }
    }
    return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
  }
}

/// What may stand in the place of a word, before it is written down.
struct Proposals {
  struct Proposal {
    let value: String
    /// How it is written where it stands without quotes; nil where that is as its spelling has it.
    var bareText: String?
    var summary = ""
    /// Whether nothing more belongs to the word.
    var isWhole = true
  }

  let word: PartialWord
  var spelling = WordSyntax.exact
  var list: [Proposal] = []
  /// What is offered besides where nothing begins with what was typed: names of several words.
  var longer: [Proposal] = []
  /// What all values begin with.
  var folder = ""
}
