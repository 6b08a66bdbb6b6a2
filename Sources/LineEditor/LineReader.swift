import Basics
import CLibedit
import Synchronization

/// Reads statements from a terminal, with libedit's editing keys (Emacs's, or vi's if the user's `.editrc` says
/// `bind -v`), history, completion, and messages that appear above the line being typed.
///
/// A statement may have several lines: Enter on an unfinished one asks for the next, Alt-Enter begins a new line by
/// itself, and pasted lines stay together until Enter.
///
/// One thread of its own does all of the editing; everything here may be called from anywhere. The terminal keeps its
/// ordinary modes between two lines, so that Ctrl-C is a signal again while a command runs.
public final class LineReader: Sendable {
  private let mailbox: Mailbox
  private let historyEntries: History
  private let retention: @Sendable (String) -> HistoryRetention
  /// `nil` once it has ended.
  private let thread: Mutex<SystemThread?>

  /// libedit has static buffers, and a process has one terminal.
  private static let isOpen = Mutex(false)

  /// Opens the editor on standard input and standard output, and reads the history file.
  ///
  /// A history file that cannot be read is no error: see `takeWarning()`.
  /// - Throws: `LineEditorError.notATerminal` when either stream is something else, `.alreadyOpen` when this process
  ///   has an editor already, `.unavailable` when the system refuses a pipe, a thread, memory, or a UTF-8 locale.
  public init(_ configuration: LineEditorConfiguration) throws(LineEditorError) {
    guard isTerminal(STDIN_FILENO), isTerminal(STDOUT_FILENO) else { throw .notATerminal }
    let wasOpen = Self.isOpen.withLock { isOpen in
      defer { isOpen = true }
      return isOpen
    }
    guard !wasOpen else { throw .alreadyOpen }
    retention = configuration.retention
    do throws(LineEditorError) {
      guard editline_use_utf8() else { throw .unavailable("there is no UTF-8 locale") }
      mailbox = try Mailbox()
      historyEntries = History(
        file: configuration.historyFile.map(HistoryFile.init), limit: configuration.historyLimit)
      let session = try EditingSession(configuration, mailbox: mailbox, history: historyEntries)
      thread = Mutex(try Self.startThread(for: session))
    } catch {
      Self.isOpen.withLock { $0 = false }
      throw error
    }
  }

  deinit { close() }

  /// Shows the prompt and waits for a statement.
  ///
  /// The text is whatever the user typed, an empty line included. Accepted texts enter the history as the
  /// configuration's `retention` says, unless they repeat the newest entry or are longer than 64 KiB; Ctrl-R finds those of up to 2,000
  /// characters, Up all of them. Calls that overlap are answered in turn.
  /// Cancelling the task does not end the wait; `close()` does.
  public func readLine(prompt: Prompt) async -> LineEditorEvent {
    await withCheckedContinuation { answer in
      if !mailbox.post(Mailbox.Request(prompt: prompt, answer: answer)) { answer.resume(returning: .endOfInput) }
    }
  }

  /// Prints a message, of one line or several, above the line being typed, which stays as it is; at once when no line
  /// is being typed. Control characters are printed as escapes. After `close()` nothing is printed.
  public func notify(_ text: String) { mailbox.post(notice: text) }

  /// The entries that can be recalled, oldest first.
  public var history: [String] { historyEntries.entries }

  /// Makes a text recallable that was not typed here, as `readLine(prompt:)` does with those that were.
  public func remember(_ text: String) { historyEntries.add(elsewhere: text, retention: retention(text)) }

  /// Forgets all entries, those in the file included.
  public func clearHistory() { historyEntries.clear() }

  /// What went wrong with the history file since the last call, each failure once. The editor goes on without the file.
  public func takeWarning() -> LineEditorWarning? { historyEntries.takeWarning() }

  /// Ends a `readLine` that still waits, and leaves the terminal as it was before the editor was opened. Later calls do
  /// nothing; later reads end at once.
  public func close() {
    mailbox.close()
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    // The configuration's closures run on the editor's thread, which cannot wait for itself.
    guard let thread, !thread.isCurrent else { return }
    thread.join()
  }

  /// The session belongs to the thread from here on.
  private static func startThread(for session: sending EditingSession) throws(LineEditorError) -> SystemThread {
    // Handed over once, to a body that runs once.
    nonisolated(unsafe) let session = session
    do throws(SystemError) {
      return try SystemThread.start {
        session.run()
        LineReader.isOpen.withLock { $0 = false }
      }
    } catch {
      throw .unavailable("no thread: \(error.text)")
    }
  }
}
