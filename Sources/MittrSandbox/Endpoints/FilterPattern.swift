/// A regular expression of a filter.
///
/// Swift's engine backtracks, so pattern and text are bounded, and a repeated group that repeats within itself (the
/// usual way to make backtracking explode, as in `(a+)+`) is refused.
struct FilterPattern {
  static let maximumPatternLength = 256
  static let maximumTextLength = 1024

  private let regex: Regex<AnyRegexOutput>

  init?(_ pattern: String) {
    guard pattern.utf8.count <= Self.maximumPatternLength, !Self.repeatsWithinRepetition(pattern),
      let regex = try? Regex(pattern)
    else { return nil }
    self.regex = regex
  }

  /// Whether it matches anywhere in the text. A longer text than `maximumTextLength` never matches.
  func matches(_ text: String) -> Bool {
    guard text.utf8.count <= Self.maximumTextLength else { return false }
    return ((try? regex.firstMatch(in: text)) ?? nil) != nil
  }

  /// Looks for a group that contains `*`, `+`, `{`, `?` or `|` and is followed by `*`, `+` or `{`.
  private static func repeatsWithinRepetition(_ pattern: String) -> Bool {
    var groups: [Bool] = []
    var closedGroupRepeats = false
    var (isEscaped, isInSet, opensGroup) = (false, false, false)
    for character in pattern {
      defer { opensGroup = character == "(" }
      if isEscaped {
        (isEscaped, closedGroupRepeats) = (false, false)
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "[": isInSet = true
      case "]": isInSet = false
      case _ where isInSet: break
      case "(": groups.append(false)
      case ")":
        closedGroupRepeats = groups.popLast() ?? false
        if closedGroupRepeats, !groups.isEmpty { groups[groups.count - 1] = true }
        continue
      case "*", "+", "{":
        if closedGroupRepeats { return true }
        if !groups.isEmpty { groups[groups.count - 1] = true }
      case "?" where opensGroup: break
      case "|", "?": if !groups.isEmpty { groups[groups.count - 1] = true }
      default: break
      }
      closedGroupRepeats = false
    }
    return false
  }
}
