import Basics
import Interpreter
import ShellCommands

/// A file of this person's own: read if nobody else can have a part in it, replaced as a whole and for its owner alone.
enum PrivateFile {
  /// What it holds; nil when there is none.
  /// - Parameters:
  ///   - largest: a larger file holds something else, in bytes.
  ///   - mode: permissions that it must not have; with one of them it is refused.
  ///   - refusal: what is said then.
  /// - Throws: a failure when it cannot be read, belongs to another user, is too large or has such a permission.
  static func contents(
    of path: String, largest: Int, without mode: mode_t, _ refusal: @autoclosure () -> Failure
  ) throws(Failure) -> [UInt8]? {
    let file: OwnFile
    do throws(OwnFileError) { file = try OwnFile(path, O_RDONLY) } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR): return nil
      case .system: throw Failure(.fileError, "cannot read \(path): \(error.text)")
      case .notARegularFile: throw Failure(.badConfiguration, "\(path) is not a file")
      case .foreignOwner, .danglingLink: throw Failure(.badConfiguration, "\(path) is not read: \(error.text)")
      }
    }
    defer { file.close() }
    guard file.status.st_mode & mode == 0 else { throw refusal() }
    guard file.status.st_size <= largest else {
      throw Failure(.badConfiguration, "\(path) is larger than \(largest >> 20) MiB")
    }
    do throws(OwnFileError) {
      return try file.read(at: 0, count: Int(file.status.st_size))
    } catch {
      throw Failure(.fileError, "cannot read \(path): \(error.text)")
    }
  }

  /// Writes it beside its place, and puts it there when it is whole. Folders on the way are made, for the owner alone.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    try makeFolder(of: path)
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere { status.st_mode = S_IFREG | 0o600 }
    let writer = try AtomicFileWriter(path, replaced: isThere ? status : nil, mayReplace: true, permissions: 0o600)
    do throws(Failure) {
      try writer.write(bytes)
      try writer.commit()
    } catch {
      writer.discard()
      throw error
    }
  }

  private static func makeFolder(of path: String) throws(Failure) {
    var start = path.index(after: path.startIndex)
    while let slash = path[start...].firstIndex(of: "/") {
      let folder = String(path[..<slash])
      if mkdir(folder, 0o700) != 0 {
        let code = errno
        var status = stat()
        guard stat(folder, &status) == 0 else {
          throw Failure(.fileError, "cannot make the folder \(folder): \(SystemError(code).text)")
        }
      }
      start = path.index(after: slash)
    }
  }
}
