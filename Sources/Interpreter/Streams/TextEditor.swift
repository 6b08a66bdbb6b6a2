/// A person's own text editor: a seam that a host with a terminal fills in.
public protocol TextEditor: AnyObject {
  /// Lets a person change a text.
  /// - Parameter ending: of the file's name, such as `.json`, by which editors tell what it is.
  /// - Returns: what was saved, without the line breaks at its end; nil when nothing was.
  /// - Throws: a failure when the editor cannot be started, or says that it failed.
  func edit(_ text: String, ending: String) throws(Failure) -> String?
}

/// Where a session keeps it; there is none where there is no terminal.
public enum TextEditorKey: SessionKey {
  public typealias Value = any TextEditor
}
