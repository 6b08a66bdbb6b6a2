public import Interpreter

/// The person's clipboard: a seam that the host fills in.
public protocol Clipboard: AnyObject {
  /// Replaces what it holds.
  /// - Parameter text: without characters that could do anything on a terminal.
  /// - Throws: a failure when that cannot be done, or the text is too long for the way there is.
  func copy(_ text: String) async throws(Failure)
}

/// Where a session keeps it.
public enum ClipboardKey: SessionKey {
  public typealias Value = any Clipboard
}
