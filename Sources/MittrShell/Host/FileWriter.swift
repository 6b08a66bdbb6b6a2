import Basics
import Interpreter

/// Begins files. A new one, and one to be replaced, is written beside its place under another name and put there by
/// `commit`; what is appended to, and what is no regular file, such as a device, is written at once.
enum FileWriter {
  static func writer(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter {
    var status = stat()
    guard stat(path, &status) == 0 else {
      // A link that leads nowhere is there all the same.
      guard errno == ENOENT, !path.isEmpty else { throw failure(path, errno) }
      guard lstat(path, &status) != 0 else {
        throw Failure(.fileError, "cannot write \(path): it is a link that leads nowhere")
      }
      return mode == .append
        ? try AppendingFileWriter(path) : try AtomicFileWriter(path, replaced: nil, mayReplace: mode == .replace)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure(.fileError, "\(path) is a directory")
    default: return try AppendingFileWriter(path)
    }
    switch mode {
    case .create: throw exists(path)
    case .append: return try AppendingFileWriter(path)
    case .replace: return try AtomicFileWriter(path, replaced: status, mayReplace: true)
    }
  }

  static func exists(_ path: String) -> Failure {
    Failure(.fileExists, "\(path) is there already", help: "--force replaces it, --append writes behind it")
  }

  static func failure(_ path: String, _ code: Int32) -> Failure {
    let help: String? =
      switch code {
      case ENOENT: "its folder must be there already"
      case EACCES, EPERM, EROFS: "its folder must be writable, for it is written there under another name first"
      default: nil
      }
    return Failure(.fileError, "cannot write \(path): \(SystemError(code).text)", help: help)
  }
}
