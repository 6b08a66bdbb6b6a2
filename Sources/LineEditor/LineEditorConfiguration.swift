/// What a `LineReader` needs to know of the program it serves. It knows nothing of that program's language: its
/// closures answer for it. They are called on the editor's own thread while the user waits, so they must be quick.
public struct LineEditorConfiguration: Sendable {
  /// The name that a user's `.editrc` may prefix its lines with, as in `mittr:bind -v`.
  public var programName: String
  /// The absolute path of the history file, or `nil` to keep no history beyond this session.
  public var historyFile: String?
  /// How many entries are loaded and recalled at most; 10,000 unless told.
  public var historyLimit: Int
  /// Whether a text is a whole statement. Enter accepts it when it is, and asks for another line when it is not.
  public var isComplete: @Sendable (String) -> Bool
  /// Completes the word at the cursor, which is given as an offset into the text in UTF-8 bytes. The text is the whole
  /// statement so far, earlier lines included.
  public var complete: @Sendable (_ text: String, _ cursorUTF8Offset: Int) -> CompletionList
  /// How the text looks, with the cursor at an offset in UTF-8 bytes. The text is the whole statement so far, and what
  /// is returned for it is drawn over the characters, which stay as they are; `nil` paints nothing, and shows neither
  /// suggestions nor a menu. Called for each key that no other follows at once. Nothing is painted on a terminal that
  /// cannot move its cursor, nor a line of more than 10,000 characters, or one that the window cannot hold.
  public var paint: (@Sendable (_ text: String, _ cursorUTF8Offset: Int) -> LinePainting?)?
  /// How long an accepted text can be recalled. Texts without any visible character never can.
  public var retention: @Sendable (String) -> HistoryRetention
  /// Lets the user change the line in another program on the same terminal, which has its ordinary modes meanwhile; `nil`
  /// where there is none. Called for the key command `edit-line`: Ctrl-X Ctrl-E, and `v` in the command mode of vi.
  public var editElsewhere: (@Sendable (String) -> EditedText)?

  public init(
    programName: String,
    historyFile: String? = nil,
    historyLimit: Int = 10_000,
    isComplete: @escaping @Sendable (String) -> Bool = { _ in true },
    complete: @escaping @Sendable (_ text: String, _ cursorUTF8Offset: Int) -> CompletionList = { _, _ in .none },
    paint: (@Sendable (_ text: String, _ cursorUTF8Offset: Int) -> LinePainting?)? = nil,
    retention: @escaping @Sendable (String) -> HistoryRetention = { _ in .file },
    editElsewhere: (@Sendable (String) -> EditedText)? = nil
  ) {
    self.programName = programName
    self.historyFile = historyFile
    self.historyLimit = max(1, historyLimit)
    self.isComplete = isComplete
    self.complete = complete
    self.paint = paint
    self.retention = retention
    self.editElsewhere = editElsewhere
  }
}
