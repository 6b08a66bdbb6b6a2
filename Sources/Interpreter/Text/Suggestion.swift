/// "Did you mean": the nearest of some names.
public enum Suggestion {
  /// The candidate nearest to `name`, or nil when none is near.
  ///
  /// Near means an edit distance (insertion, deletion, substitution, transposition) of at most a third of the longer
  /// name, or that one is a prefix of at least three characters of the other. Case is ignored. Among thousands of candidates
  /// none is looked for. What means the contrary of what was typed is never near: see `Opposites`.
  ///
  /// - Parameter inOrder: whether the first of equally near ones wins; otherwise it is the least of them.
  public static func nearest(
    to name: String, among candidates: some Sequence<String>, inOrder: Bool = true
  ) -> String? {
    guard name.utf8.count <= 4 * longest else { return nil }
    var seen = 0
    let name = Array(name.lowercased().prefix(longest))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      seen += 1
      guard seen <= mostCandidates else { return nil }
      // Nobody would read it.
      guard candidate.utf8.count <= 4 * longest else { continue }
      let letters = Array(candidate.lowercased().prefix(longest))
      var distance = editDistance(name, letters)
      let isPrefix = min(name.count, letters.count) >= 3 && (letters.starts(with: name) || name.starts(with: letters))
      if isPrefix { distance = min(distance, 1) }
      guard distance <= max(name.count, letters.count) / 3 || isPrefix else { continue }
      guard !Opposites.ruleOut(candidate, for: name) else { continue }
      if let best, (distance, inOrder ? "" : candidate) >= (best.distance, inOrder ? "" : best.candidate) { continue }
      best = (candidate, distance)
    }
    return best?.candidate
  }

  /// Whether a name that is near to another one is hardly anything but a misspelling of it: by one letter or by case, or
  /// by more where neither goes on where the other ends.
  static func isSlip(_ name: String, of near: String) -> Bool {
    let (typed, meant) = (Array(name.lowercased().prefix(longest)), Array(near.lowercased().prefix(longest)))
    return editDistance(typed, meant) <= 1 || !typed.starts(with: meant) && !meant.starts(with: typed)
  }

  private static let longest = 64
  private static let mostCandidates = 2000

  /// How many letters must be put in, taken out, changed or swapped to make the one of the other.
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
