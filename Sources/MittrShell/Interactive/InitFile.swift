import Basics
import Interpreter
import ShellCommands

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
    let bytes = try PrivateFile.contents(
      of: path, largest: largestFile, without: 0o022,
      Failure(.badConfiguration, "\(path) is not read: others may write to it", help: "chmod go-w \(path)"))
    return bytes.map { SourceText(name: path, path: path, bytes: $0) }
  }
}
