import Basics

/// The file of a database before SQLite opens it, which alone may write to it: SQLite brings a foreign database into order,
/// and files beside it.
enum DatabaseFile {
  /// `MTRS`, in the file's header, tells a sandbox database from any other (`PRAGMA application_id`).
  static let applicationID = 0x4D54_5253

  private static let mark = Array("SQLite format 3\0".utf8)
  /// Where the header has the application's number, in four bytes.
  private static let applicationIDOffset = 68
  private static let companions = ["-wal", "-shm", "-journal"]

  /// Opens a sandbox database of this user's, or makes an empty file; nobody else can read it from then on.
  /// - Throws: an error about any other file, which stays as it is.
  static func opened(_ path: String) throws(SandboxError) -> OwnFile {
    let file: OwnFile
    do throws(OwnFileError) {
      file = try OwnFile(path, O_RDONLY, creates: true)
    } catch {
      throw .unreadableDatabase(path: path, reason: error.text)
    }
    do throws(SandboxError) {
      try claim(file, path)
      return file
    } catch {
      file.close()
      if file.isNew { unlink(path) }
      throw error
    }
  }

  private static func claim(_ file: OwnFile, _ path: String) throws(SandboxError) {
    var found: [String] = []
    for companion in companions.map({ path + $0 }) {
      var status = stat()
      guard lstat(companion, &status) == 0 else { continue }
      // SQLite would take it for its own, and delete it.
      guard !file.isNew else {
        throw .unreadableDatabase(
          path: path, reason: "'\(companion)' is there without it; remove it, or use another name")
      }
      guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
        throw .unreadableDatabase(path: path, reason: "'\(companion)' beside it is no file of this user's")
      }
      found.append(companion)
    }
    let isOurs: Bool
    do throws(OwnFileError) {
      isOurs = try isSandboxDatabase(file)
      if isOurs { try file.tighten() }
    } catch {
      throw .unreadableDatabase(path: path, reason: error.text)
    }
    guard isOurs else { throw .notASandboxDatabase(path: path) }
    for companion in found where chmod(companion, 0o600) != 0 {
      throw .unreadableDatabase(path: path, reason: "'\(companion)': \(SystemError(errno).text)")
    }
  }

  /// An empty file, too, may become one.
  private static func isSandboxDatabase(_ file: OwnFile) throws(OwnFileError) -> Bool {
    guard file.status.st_size > 0 else { return true }
    let header = try file.read(at: 0, count: applicationIDOffset + 4)
    guard header.count == applicationIDOffset + 4, header.starts(with: mark) else { return false }
    return header.suffix(4).reduce(0) { $0 << 8 | Int($1) } == applicationID
  }
}
