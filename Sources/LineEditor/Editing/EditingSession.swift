import Basics
import CLibedit

/// The one user of libedit. It is made by the thread that opens the editor, handed to the editor's own thread, and
/// lives there: libedit has static buffers, and nothing of this is safe to share.
final class EditingSession {
  /// Characters of one line, typed and pasted; more are refused with a beep.
  static let maximumLineLength = PastedText.maximumLength

  /// Longer entries are recalled with Up alone: the time libedit's search takes grows with the square of the length.
  static let maximumSearchedLength = 2000

  let configuration: LineEditorConfiguration
  let mailbox: Mailbox
  let history: History
  let editor: OpaquePointer
  let buffer: EditBuffer
  /// Whether the terminal can move its cursor up and clear what is below. `TERM=dumb` cannot.
  let canMoveCursor: Bool

  var keyboard = Keyboard(descriptor: STDIN_FILENO)
  /// What is assumed of a terminal that does not know its size.
  var size = TerminalSize(columns: 80, rows: 24)
  /// The lines of the statement that were entered before this one, each with its newline.
  var enteredLines = ""
  var walk: HistoryWalk?
  /// Where Up or Down has left the cursor within the line, and the column it aims at.
  var verticalMove: (cursor: Int, column: Int)?
  var wasInterrupted = false

  /// Whether this line is painted, and may have a suggestion and a menu.
  private(set) var isPainted = false
  var canvas = Canvas()
  /// What is shown beside the line until the next key.
  var attachment: Attachment?
  /// What was shown when the last key came.
  var attachmentAtKey: Attachment?
  var menu: CandidateMenu?
  /// What the key that is delivered as `Keyboard.actionKey` stands for.
  var action: KeyAction?

  private let recallable: OpaquePointer
  private var seenRevision: Int
  private var longestEntry = 0
  private var reservedLength = 0
  private var originalModes = termios()
  /// What the prompt function hands to libedit, which keeps no copy.
  private let promptText = UnsafeMutablePointer<wchar_t>.allocate(capacity: 1 + maximumPromptLength)
  private(set) var promptColumns = 0

  private static let maximumPromptLength = 1024
  /// Room in the line for what libedit's incremental search writes after it.
  private static let searchReserve = 2048
  static let promptMarker: Character = "\u{1}"

  /// The standard streams must be terminals, and `LC_CTYPE` must be UTF-8.
  init(_ configuration: LineEditorConfiguration, mailbox: Mailbox, history: History) throws(LineEditorError) {
    guard let editor = editline_create(configuration.programName) else { throw .unavailable("libedit") }
    guard let recallable = editline_create_history(editor, Int32(clamping: configuration.historyLimit)) else {
      el_end(editor)
      throw .unavailable("libedit's history")
    }
    self.configuration = configuration
    self.mailbox = mailbox
    self.history = history
    self.editor = editor
    self.recallable = recallable
    buffer = EditBuffer(editor)
    canMoveCursor = editline_has_capability(editor, "up") && editline_has_capability(editor, "ce")
    let entries = history.entries
    seenRevision = history.revisions
    promptText.initialize(repeating: 0, count: 1 + Self.maximumPromptLength)
    tcgetattr(STDIN_FILENO, &originalModes)
    for entry in entries { enterRecallable(entry) }
    configureEditor()
    editline_watch_signals(mailbox.pipe.writeEnd)
  }

  deinit {
    editline_unwatch_signals()
    // Left to itself, `el_end` would throw away what has been typed ahead; with editing off it leaves the terminal be.
    _ = editline_set_integer(editor, EL_PREP_TERM, 0)
    _ = editline_set_integer(editor, EL_EDITMODE, 0)
    el_end(editor)
    history_wend(recallable)
    promptText.deallocate()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &originalModes)
  }

  /// Serves requests until the mailbox is closed, and then those that were still waiting.
  func run() {
    while true {
      printNotices()
      if let request = mailbox.takeRequest() {
        request.answer.resume(returning: mailbox.isClosed ? .endOfInput : readStatement(request.prompt))
      } else if mailbox.isClosed {
        return
      } else if mailbox.pipe.wait().woken {
        mailbox.pipe.drain()
      }
    }
  }

  private func readStatement(_ prompt: Prompt) -> LineEditorEvent {
    followRevisions()
    enteredLines = ""
    var prompt = prompt
    while true {
      switch readLine(prompt) {
      case .interrupted: return .interrupted
      // Ctrl-D among the lines of a statement hands it over as it is: the program then says what it lacks.
      case .endOfInput: return enteredLines.isEmpty || mailbox.isClosed ? .endOfInput : .line(accept(nil))
      case .line(let line):
        let statement = enteredLines + line
        if configuration.isComplete(statement) || statement.utf8.count > Self.maximumLineLength {
          return .line(accept(line))
        }
        enteredLines = statement + "\n"
        prompt = .continuation
      }
    }
  }

  /// Ends the statement, and remembers it.
  private func accept(_ lastLine: String?) -> String {
    let statement = lastLine.map { enteredLines + $0 } ?? String(enteredLines.dropLast())
    if history.add(statement, retention: configuration.retention(statement)) { enterRecallable(statement) }
    return statement
  }

  private func readLine(_ prompt: Prompt) -> LineEditorEvent {
    show(prompt)
    walk = nil
    wasInterrupted = false
    (menu, action, attachment) = (nil, nil, nil)
    canvas = Canvas()
    isPainted = canMoveCursor && configuration.paint?(enteredLines, enteredLines.utf8.count) != nil
    measureWindow()
    reserveForSearch()
    // Before the prompt invites anybody to type: libedit by itself would change the modes only after it, and what is
    // typed in between would be echoed twice.
    _ = editline_set_integer(editor, EL_PREP_TERM, 1)
    setPasteBracketing(true)
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    setPasteBracketing(false)
    guard let line, count > 0 else {
      // The cursor stands behind the prompt, or behind the ^D that libedit shows.
      print("\r\n")
      return .endOfInput
    }
    if wasInterrupted { return .interrupted }
    let scalars = UnsafeBufferPointer(start: line, count: Int(count)).map(Unicode.Scalar.init(wide:))
    return .line(String(scalars: scalars.last == "\n" ? scalars.dropLast() : scalars[...]))
  }

  /// libedit's incremental search keeps pointers into the line's memory while it recalls entries into it, and would
  /// write through them after a longer entry has moved that memory. So there is room for the longest beforehand.
  private func reserveForSearch() {
    let needed = longestEntry + Self.searchReserve
    guard needed > reservedLength else { return }
    buffer.reserve(needed)
    reservedLength = needed
  }

  private func show(_ prompt: Prompt) {
    let notation = prompt.notation(marker: Self.promptMarker, inColour: canMoveCursor)
    let characters = notation.wideCharacters.dropLast().prefix(Self.maximumPromptLength) + [0]
    for (index, character) in characters.enumerated() { promptText[index] = character }
    promptColumns = TerminalText.width(of: prompt.visibleText) + 1
  }

  private func configureEditor() {
    editline_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = editline_set_integer(editor, EL_SIGNAL, 0)
    _ = editline_set_reader(editor) { editor, character in EditingSession.of(editor).readCharacter(into: character) }
    let prompt: editline_prompt = { editor in EditingSession.of(editor).promptText }
    _ = editline_set_prompt(editor, prompt, String(Self.promptMarker).wideCharacters[0])
    _ = editline_set_editor(editor, "emacs")
    for command in KeyCommand.all { _ = editline_add_command(editor, command.name, command.help, command.function) }
    el_source(editor, nil)
    KeyBindings.apply(to: editor)
    _ = editline_deliver_keys_unchanged(editor)
  }

  /// Feeds libedit's own history, which its incremental search and the searches of its vi mode look through.
  private func enterRecallable(_ entry: String) {
    guard entry.unicodeScalars.count <= Self.maximumSearchedLength else { return }
    longestEntry = max(longestEntry, entry.unicodeScalars.count)
    _ = editline_enter_history(recallable, entry.wideCharacters)
  }

  private func followRevisions() {
    let revision = history.revisions
    guard revision != seenRevision else { return }
    seenRevision = revision
    _ = editline_clear_history(recallable)
    for entry in history.entries { enterRecallable(entry) }
  }

  /// The session that an editor's callback belongs to.
  static func of(_ editor: OpaquePointer) -> EditingSession {
    // The client is set before libedit can call anything, and outlives it.
    Unmanaged<EditingSession>.fromOpaque(editline_client(editor).unsafelyUnwrapped).takeUnretainedValue()
  }
}
