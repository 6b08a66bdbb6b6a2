/// Something that went wrong and did not stop the editor; see `LineReader.takeWarning()`.
public enum LineEditorWarning: Sendable, Equatable, CustomStringConvertible {
  /// The history file could not be read: the session starts without the entries of earlier ones, and adds none to it.
  case historyNotLoaded(reason: String)
  /// The history file could not be written: entries of this session are recalled in this session only.
  case historyNotSaved(reason: String)

  public var description: String {
    switch self {
    case .historyNotLoaded(let reason): "the history was not loaded: \(reason)"
    case .historyNotSaved(let reason): "the history is not saved: \(reason)"
    }
  }
}
