/// A walk through the history with Up and Down, among the entries that begin with what stood before the cursor when it
/// began. (libedit's own search matches anywhere in an entry, and reads the text as a regular expression.)
struct HistoryWalk {
  private let entries: [String]
  private let prefix: String
  /// The line as it was before the walk, which the last step down brings back.
  private let draft: String
  private var position: Int
  /// What the walk last put in the line. The user has typed since if the line says something else.
  private(set) var shown: String

  /// Whether an entry is shown, and not the line that it began with.
  var hasMoved: Bool { position < entries.count }

  init(entries: [String], line: String, beforeCursor prefix: String) {
    self.entries = entries
    self.prefix = prefix
    draft = line
    position = entries.count
    shown = line
  }

  /// The next older entry, or `nil` when there is none.
  mutating func older() -> String? {
    let found = entries[..<position].lastIndex { $0.utf8.starts(with: prefix.utf8) && $0 != shown }
    guard let found else { return nil }
    position = found
    shown = entries[found]
    return shown
  }

  /// The next newer entry, then the line the walk began with, then `nil`.
  mutating func newer() -> String? {
    guard position < entries.count else { return nil }
    let found = entries[(position + 1)...].firstIndex { $0.utf8.starts(with: prefix.utf8) && $0 != shown }
    position = found ?? entries.count
    shown = found.map { entries[$0] } ?? draft
    return shown
  }
}
