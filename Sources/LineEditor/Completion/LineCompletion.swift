import Basics

/// What Tab does to the line: the candidates' answer, in the line's own scalars.
enum LineCompletion: Equatable {
  case nothing
  case replace(Range<Int>, with: String)
  /// As `replace`, and the space that would follow already stands there.
  case stepOverSpace(Range<Int>, with: String)
  /// Several ways to go on: what all agree in is put in the range, and they are listed.
  case choose(Range<Int>, with: String, among: [CompletionCandidate])

  /// - Parameters:
  ///   - enteredLines: The statement's earlier lines, each with its newline, which a completion sees and never changes.
  ///   - cursor: Counted in scalars of the line, like the ranges above.
  init(
    enteredLines: String, line: [Unicode.Scalar], cursor: Int,
    complete: (_ text: String, _ cursorUTF8Offset: Int) -> CompletionList
  ) {
    // The offset of every scalar in the statement, and of its end.
    var offsets = [enteredLines.utf8.count]
    for scalar in line { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    let list = complete(enteredLines + String(scalars: line), offsets[cursor])
    guard let lower = offsets.firstIndex(of: list.replacing.lowerBound),
      let upper = offsets.lastIndex(of: list.replacing.upperBound), let first = list.candidates.first
    else {
      self = .nothing
      return
    }
    let range = lower..<upper
    if list.candidates.count == 1 {
      let text = SafeText.removingUnsafe(first.text)
      if !first.appendsSpace {
        self = .replace(range, with: text)
      } else if upper < line.count, line[upper] == " " {
        self = .stepOverSpace(range, with: text)
      } else {
        self = .replace(range, with: text + " ")
      }
      return
    }
    let word = String(scalars: line[range])
    let prefix = SafeText.removingUnsafe(list.commonPrefix)
    // Candidates that are written otherwise than the word, in quotes for instance, replace it as well, as long as
    // nothing that was typed is lost.
    let extends =
      !list.isByInnerLetters && prefix.utf8.count > word.utf8.count && Self.holds(prefix, lettersOf: word)
    self = .choose(range, with: extends ? prefix : word, among: list.candidates)
  }

  private static func holds(_ text: String, lettersOf word: String) -> Bool {
    var rest = text.unicodeScalars[...]
    return word.unicodeScalars.allSatisfy { letter in
      guard let place = rest.firstIndex(of: letter) else { return false }
      rest = rest[rest.index(after: place)...]
      return true
    }
  }
}
