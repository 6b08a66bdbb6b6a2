import Basics

/// Why the history file cannot be used. Its description names the reason and never an entry.
struct HistoryFileError: Error, Equatable, CustomStringConvertible {
  let path: String
  let reason: OwnFileError

  init(path: String, _ reason: OwnFileError) {
    self.path = path
    self.reason = reason
  }

  var description: String { "\(path): \(reason.text)" }
}
