import Basics
import Interpreter

/// Writes a file beside its place, and puts it there when it is whole.
final class AtomicFileWriter: ChunkWriter {
  /// As the script names it.
  private let path: String
  private let place: String
  private let temporary: String
  private let mayReplace: Bool
  private let output: OutputDescriptor
  private var isDone = false

  let hasContent = false

  /// - Parameters:
  ///   - replaced: what is known of the file to be replaced; nil when there is none.
  ///   - mayReplace: whether what comes up in its place meanwhile is replaced too.
  ///   - permissions: of a new file, less what the process's mask takes away.
  init(_ path: String, replaced: stat?, mayReplace: Bool, permissions: mode_t = 0o666) throws(Failure) {
    self.path = path
    self.mayReplace = mayReplace
    let place = replaced == nil ? path : try Self.target(of: path)
    self.place = place
    let folder = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    temporary = folder + ".mittr-" + digits
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, replaced == nil ? permissions : 0o600)
    guard descriptor >= 0 else { throw FileWriter.failure(path, errno) }
    output = OutputDescriptor(descriptor, path)
    if let replaced {
      // Only root may give a file away; anybody else's stays theirs.
      _ = fchown(descriptor, replaced.st_uid, replaced.st_gid)
      guard fchmod(descriptor, replaced.st_mode & 0o777) == 0 else {
        let code = errno
        discard()
        throw FileWriter.failure(path, code)
      }
    }
  }

  func write(_ bytes: [UInt8]) throws(Failure) { try output.write(bytes) }

  func commit() throws(Failure) {
    do throws(Failure) {
      try output.synchronize()
      try output.close()
      try mayReplace ? moveOver() : moveThere()
      isDone = true
    } catch {
      discard()
      throw error
    }
  }

  func discard() {
    guard !isDone else { return }
    isDone = true
    try? output.close()
    unlink(temporary)
  }

  deinit { discard() }

  private func moveOver() throws(Failure) {
    guard rename(temporary, place) == 0 else { throw FileWriter.failure(path, errno) }
  }

  /// A link, unlike a rename, fails when something of the name has come up meanwhile.
  private func moveThere() throws(Failure) {
    if link(temporary, place) == 0 {
      unlink(temporary)
      return
    }
    switch errno {
    case EEXIST: throw FileWriter.exists(path)
    case EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK:
      // A file system without links: the name is taken first, which only one can do, and then replaced.
      let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw errno == EEXIST ? FileWriter.exists(path) : FileWriter.failure(path, errno)
      }
      close(descriptor)
      try moveOver()
    default: throw FileWriter.failure(path, errno)
    }
  }

  /// Where links lead.
  private static func target(of path: String) throws(Failure) -> String {
    guard let resolved = realpath(path, nil) else { throw FileWriter.failure(path, errno) }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
