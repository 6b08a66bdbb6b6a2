import Basics
import Interpreter
import Synchronization

/// A regular file that one process at a time appends to.
final class DurableHostFile: DurableFile {
  private struct State {
    var size: Int
    var isOpen = true
  }

  private let descriptor: Int32
  private let path: String
  private let state: Mutex<State>

  init(_ path: String) throws(Failure) {
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    var isNew = false
    var descriptor = open(path, flags)
    if descriptor < 0, errno == ENOENT {
      descriptor = open(path, flags | O_CREAT, 0o600)
      isNew = true
    }
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      systemClose(descriptor)
      throw Failure("file-error", "\(path) is not a regular file")
    }
    // What it holds is its owner's alone.
    if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    // The lock ends with the process, however that ends.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      systemClose(descriptor)
      guard code == EWOULDBLOCK else { throw Self.failure(path, code) }
      throw Failure(
        "file-in-use", "\(path) is in use by another process", help: "wait until that ends, or use another file")
    }
    // Whoever had it open before may have written in between.
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      systemClose(descriptor)
      throw Self.failure(path, code)
    }
    if isNew { Self.synchronizeFolder(of: path) }
    self.descriptor = descriptor
    self.path = path
    state = Mutex(State(size: Int(status.st_size)))
  }

  deinit { close() }

  var size: Int { state.withLock { $0.size } }

  func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    var result = 0
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, min(count, size - offset))) { buffer, filled in
      while filled < buffer.count {
        result = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
        if result > 0 {
          filled += result
        } else if result == 0 || errno != EINTR {
          code = errno
          return
        }
      }
    }
    guard result >= 0 else {
      throw Failure("file-error", "cannot read \(path): \(String(cString: strerror(code)))")
    }
    return bytes
  }

  func append(_ bytes: [UInt8]) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 {
        start += count
        state.withLock { $0.size += count }
      } else if errno != EINTR {
        throw Self.failure(path, errno)
      }
    }
    try synchronize()
  }

  func truncate(to size: Int) throws(Failure) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.failure(path, errno) }
    state.withLock { $0.size = size }
    try synchronize()
  }

  func close() {
    let wasOpen = state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
    if wasOpen { systemClose(descriptor) }
  }

  private func synchronize() throws(Failure) {
    #if canImport(Darwin)
      // There `fsync` leaves the bytes in the disk's own memory.
      let status = fcntl(descriptor, F_FULLFSYNC) == 0 ? 0 : fsync(descriptor)
    #else
      let status = fdatasync(descriptor)
    #endif
    // What has no disk behind it says that this makes no sense.
    guard status != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw Self.failure(path, errno)
  }

  /// A new file is safe only once its folder is.
  private static func synchronizeFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    systemClose(descriptor)
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    Failure(
      "file-error", "cannot write \(path): \(String(cString: strerror(code)))",
      help: code == ENOENT ? "its folder must be there already" : nil)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemClose(_ descriptor: Int32) { close(descriptor) }
