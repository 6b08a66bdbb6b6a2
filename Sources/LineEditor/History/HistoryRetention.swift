/// How long an accepted text can be recalled.
public enum HistoryRetention: Sendable {
  /// Not at all.
  case nowhere
  /// Until the editor is closed: it is not written to the file. For texts with secrets in them.
  case thisSession
  /// In later sessions too.
  case file
}
