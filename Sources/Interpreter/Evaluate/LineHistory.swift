/// The lines that a person typed: a seam that an interactive host fills in.
public protocol LineHistory: AnyObject {
  /// Oldest first.
  var lines: [String] { get }
  /// Forgets them all.
  func clear()
}

/// Where a session keeps the history; there is none in a script.
public enum LineHistoryKey: SessionKey {
  public typealias Value = any LineHistory
}
