import Basics

/// The candidates that Tab walks through, below the line.
struct CandidateMenu {
  let candidates: [CompletionCandidate]
  /// Where the candidates' place in the line begins; it ends at the cursor.
  let start: Int
  /// What stood there when the list was shown.
  let word: String
  /// The line as it was before Tab, and the cursor in it.
  let typed: [Unicode.Scalar]
  let typedCursor: Int
  private(set) var selected: Int?

  init(_ candidates: [CompletionCandidate], start: Int, word: String, typed: [Unicode.Scalar], typedCursor: Int) {
    (self.candidates, self.start, self.word) = (candidates, start, word)
    (self.typed, self.typedCursor) = (typed, typedCursor)
  }

  /// Goes to the next candidate or to the one before, and from either end to the other.
  mutating func select(by step: Int) {
    let from = selected ?? (step > 0 ? -1 : candidates.count)
    selected = (from + step + candidates.count) % candidates.count
  }

  var selectedCandidate: CompletionCandidate? { selected.map { candidates[$0] } }

  /// What stands in the line.
  var selectedText: String { selectedCandidate.map { SafeText.removingUnsafe($0.text) } ?? word }
}
