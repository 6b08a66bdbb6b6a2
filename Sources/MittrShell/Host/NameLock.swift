import Basics
import Interpreter
import Synchronization

/// Keeps every other process from opening a file of the same name, also after the file that had the name was renamed away
/// or replaced: a lock on the file itself goes with the file.
///
/// It is a lock on an empty file beside it, `.NAME.lock`, which is removed at the end. One that a killed process has left
/// behind locks nobody out. In a folder in which no file can be made there is no lock: nobody can rename anything there.
final class NameLock: Sendable {
  private let path: String
  private let descriptor: Int32
  private let isHeld = Mutex(true)
  /// The longest beginning of the name that the lock's name has, in bytes. Files that differ only behind it exclude each
  /// other.
  private static let longestName = 200

  /// - Returns: nil where there can be no lock.
  /// - Throws: a failure with code `file-in-use` when another process has the name.
  init?(_ path: String) throws(Failure) {
    self.path = Self.place(of: path)
    while true {
      let descriptor = systemOpen(self.path)
      guard descriptor >= 0 else {
        guard ![EACCES, EPERM, EROFS, ENOENT, ENOTDIR].contains(errno) else { return nil }
        throw Failure(.fileError, "cannot lock \(path): \(SystemError(errno).text)")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        systemClose(descriptor)
        throw code == EWOULDBLOCK
          ? .inUse(path) : Failure(.fileError, "cannot lock \(path): \(SystemError(code).text)")
      }
      // The previous holder may have removed it in between.
      if Self.isSame(descriptor, self.path) {
        self.descriptor = descriptor
        return
      }
      systemClose(descriptor)
    }
  }

  deinit { release() }

  func release() {
    let wasHeld = isHeld.withLock { isHeld in
      defer { isHeld = false }
      return isHeld
    }
    guard wasHeld else { return }
    // As long as it is locked it is nobody else's.
    if Self.isSame(descriptor, path) { unlink(path) }
    systemClose(descriptor)
  }

  /// The lock of what a path leads to: links are followed, also by the folders above a file that is not there yet.
  private static func place(of path: String) -> String {
    let target = resolved(path) ?? path
    let end = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    let folder = end == target.startIndex ? "." : String(target[..<end])
    let name = String(decoding: target[end...].utf8.prefix(longestName), as: UTF8.self)
    return (resolved(folder) ?? folder) + "/.\(name).lock"
  }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && lstat(path, &named) == 0
      && own.st_dev == named.st_dev && own.st_ino == named.st_ino
  }
}

private func systemOpen(_ path: String) -> Int32 { open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600) }
private func systemClose(_ descriptor: Int32) { close(descriptor) }
