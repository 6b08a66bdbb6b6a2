import Basics

/// Why the history file cannot be used. Its description names the reason and never an entry.
enum HistoryFileError: Error, Equatable, CustomStringConvertible {
  case system(path: String, code: Int32)
  case notARegularFile(path: String)
  case foreignOwner(path: String)

  var description: String {
    switch self {
    case .system(let path, let code): "\(path): \(String(cString: strerror(code)))"
    case .notARegularFile(let path): "\(path) is not a regular file"
    case .foreignOwner(let path): "\(path) belongs to another user"
    }
  }
}
