import Basics

/// A regular expression of a filter: a `Pattern` within bounds.
struct FilterPattern: Sendable {
  static let maximumPatternLength = 256
  static let maximumTextLength = 1024

  private let pattern: Pattern

  /// nil when it is longer than `maximumPatternLength` bytes or no pattern.
  init?(_ source: String) {
    guard source.utf8.count <= Self.maximumPatternLength, let pattern = try? Pattern(source) else { return nil }
    self.pattern = pattern
  }

  /// Whether it matches anywhere in the text. A text of more than `maximumTextLength` bytes never matches.
  func matches(_ text: String) -> Bool {
    guard text.utf8.count <= Self.maximumTextLength else { return false }
    return (try? pattern.matches(text)) ?? false
  }
}
