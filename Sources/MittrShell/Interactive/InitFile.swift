import Basics
import Interpreter

/// `init.mittr` in the configuration folder: statements that each interactive shell runs first, such as aliases and
/// functions.
enum InitFile {
  static let name = "init.mittr"
  /// A larger file holds something else, in bytes.
  private static let largestFile = 1 << 20

  /// - Returns: nil when there is none.
  /// - Throws: a failure when it cannot be read, or may have been written by somebody else: it could do anything in this
  ///   person's name.
  static func source(in folder: ConfigurationFolder) throws(Failure) -> SourceText? {
    let path = folder.place(of: name)
    let file: OwnFile
    do throws(OwnFileError) { file = try OwnFile(path, O_RDONLY) } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR): return nil
      case .system: throw Failure(.fileError, "cannot read \(path): \(error.text)")
      default: throw Failure("bad-configuration", "\(path) is not read: \(error.text)")
      }
    }
    defer { file.close() }
    guard file.status.st_mode & 0o022 == 0 else {
      throw Failure(
        "bad-configuration", "\(path) is not read: others may write to it", help: "chmod go-w \(path)")
    }
    guard file.status.st_size <= largestFile else {
      throw Failure("bad-configuration", "\(path) is larger than \(largestFile >> 20) MiB")
    }
    do throws(OwnFileError) {
      return SourceText(name: path, path: path, bytes: try file.read(at: 0, count: Int(file.status.st_size)))
    } catch {
      throw Failure(.fileError, "cannot read \(path): \(error.text)")
    }
  }
}
