import Basics
import Interpreter

/// A file that only its owner may read, replaced as a whole.
enum PrivateFile {
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
