/// What became of a line in another text editor.
public enum EditedText: Sendable, Equatable {
  /// The line is this now.
  case changed(String)
  /// The line stays as it was: nothing was saved.
  case unchanged
  /// The line stays as it was, and this is shown above it.
  case failed(reason: String)
}
