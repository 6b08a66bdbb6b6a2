/// The lines that a person typed: a seam that an interactive host fills in.
public protocol LineHistory: AnyObject {
  /// Oldest first.
  var lines: [String] { get }
  /// Forgets them all.
  func clear()
  /// Lets the person change a text in their own editor, and runs what they saved once the current line is done.
  /// - Throws: a failure when the editor cannot be started or says that it failed: then nothing is run.
  func edit(_ text: String) throws(Failure)
}

/// Where a session keeps the history; there is none in a script.
public enum LineHistoryKey: SessionKey {
  public typealias Value = any LineHistory
}
