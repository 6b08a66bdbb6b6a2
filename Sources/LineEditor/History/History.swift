import Basics
import Synchronization

/// The entries that can be recalled, oldest first, and the file behind them. Safe to use from any thread.
final class History: Sendable {
  private struct State {
    var entries: [String] = []
    var warnings: [LineEditorWarning] = []
    /// Counts the changes that were not made where lines are read, so that libedit's copy can follow.
    var revisions = 0
    var isFileUsable = true
  }

  private let file: HistoryFile?
  private let limit: Int
  private let state: Mutex<State>

  init(file: HistoryFile?, limit: Int) {
    self.file = file
    self.limit = limit
    var state = State()
    do throws(HistoryFileError) {
      for entry in try file?.load(limit: limit) ?? [] {
        let entry = Self.editable(entry)
        if entry != state.entries.last { state.entries.append(entry) }
      }
    } catch {
      state.isFileUsable = false
      state.warnings.append(.historyNotLoaded(reason: "\(error)"))
    }
    self.state = Mutex(state)
  }

  /// Whether a text may be an entry: something to see, of bounded size, without the NUL that would end it early.
  static func isStorable(_ text: String) -> Bool {
    text.utf8.count <= HistoryFile.maximumEntryLength
      && text.contains { !$0.isWhitespace }
      && !text.unicodeScalars.contains("\0")
  }

  /// An entry as it may be recalled into a line: nothing in it that a terminal must not be given.
  private static func editable(_ entry: String) -> String { SafeText.removingUnsafe(entry, keeping: ["\n", "\t"]) }

  var entries: [String] { state.withLock(\.entries) }
  var revisions: Int { state.withLock(\.revisions) }

  /// Adds an entry, unless it repeats the newest.
  /// - Returns: Whether it was added.
  func add(_ entry: String, retention: HistoryRetention) -> Bool {
    guard retention != .nowhere, Self.isStorable(entry) else { return false }
    return state.withLock { state in
      guard state.entries.last != entry else { return false }
      state.entries.append(entry)
      if state.entries.count > limit { state.entries.removeFirst(state.entries.count - limit) }
      guard retention == .file else { return true }
      save(in: &state) { file throws(HistoryFileError) in try file.append(entry) }
      return true
    }
  }

  /// Adds an entry that libedit does not know of yet.
  func add(elsewhere entry: String, retention: HistoryRetention) {
    guard add(Self.editable(entry), retention: retention) else { return }
    state.withLock { $0.revisions += 1 }
  }

  func clear() {
    state.withLock { state in
      state.entries = []
      state.revisions += 1
      save(in: &state) { file throws(HistoryFileError) in try file.clear() }
    }
  }

  /// The oldest warning not taken yet.
  func takeWarning() -> LineEditorWarning? {
    state.withLock { $0.warnings.isEmpty ? nil : $0.warnings.removeFirst() }
  }

  /// The first failure, be it that of loading, is told and ends the saving; the session goes on without the file.
  private func save(in state: inout State, _ change: (HistoryFile) throws(HistoryFileError) -> Void) {
    guard let file, state.isFileUsable else { return }
    do throws(HistoryFileError) {
      try change(file)
    } catch {
      state.isFileUsable = false
      state.warnings.append(.historyNotSaved(reason: "\(error)"))
    }
  }
}
