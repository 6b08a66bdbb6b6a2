/// The ways to go on with the word at the cursor.
public struct CompletionList: Sendable, Equatable {
  /// The part of the text that a candidate replaces, in UTF-8 offsets. It must begin and end between characters and
  /// inside the line being typed; a list that says otherwise completes nothing.
  public var replacing: Range<Int>
  public var candidates: [CompletionCandidate]
  /// Whether none begins with what was typed: then nothing is inserted before one is chosen; `false` unless told.
  public var isByInnerLetters: Bool

  public init(replacing: Range<Int>, candidates: [CompletionCandidate], isByInnerLetters: Bool = false) {
    self.isByInnerLetters = isByInnerLetters
    self.replacing = replacing
    self.candidates = candidates
  }

  /// Nothing to complete.
  public static let none = CompletionList(replacing: 0..<0, candidates: [])

  /// The longest beginning that all candidates share.
  var commonPrefix: String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      let shared = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(shared)
    }
    return String(prefix)
  }
}

/// One way to go on.
public struct CompletionCandidate: Sendable, Equatable {
  /// What stands in the place of the replaced text. Control characters are left out when it is inserted.
  public var text: String
  /// A few words shown beside it where there is room.
  public var summary: String?
  /// Whether a space follows it once it is the only candidate left; `true` unless told.
  public var appendsSpace: Bool

  public init(text: String, summary: String? = nil, appendsSpace: Bool = true) {
    self.text = text
    self.summary = summary
    self.appendsSpace = appendsSpace
  }
}
