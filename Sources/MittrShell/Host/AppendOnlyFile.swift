import Basics
import Interpreter
import Synchronization

/// A regular file that one process at a time appends to, under one name.
///
/// Nothing of a file that is there is changed before the first write: the caller can look at what it holds, and leave
/// it as it was. The first write also takes everybody else's permissions away.
final class AppendOnlyFile: DurableFile {
  private struct State {
    var size: Int
    /// Whether the file is known to be its owner's alone.
    var isPrivate = false
    var isOpen = true
  }

  private let descriptor: Int32
  private let path: String
  private let nameLock: NameLock?
  private let state: Mutex<State>

  init(_ path: String) throws(Failure) {
    nameLock = try NameLock(path)
    let (descriptor, isNew) = try Self.open(path)
    do throws(Failure) {
      let size = try Self.take(descriptor, path)
      state = Mutex(State(size: size))
    } catch {
      systemClose(descriptor)
      throw error
    }
    if isNew { Self.synchronizeFolder(of: path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close() }

  // MARK: Opening

  private static func open(_ path: String) throws(Failure) -> (descriptor: Int32, isNew: Bool) {
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    var descriptor = systemOpen(path, flags)
    guard descriptor < 0, errno == ENOENT else {
      guard descriptor >= 0 else { throw failure(path, errno) }
      return (descriptor, false)
    }
    // It makes a file and nothing else: a link that leads nowhere is not followed.
    descriptor = systemOpen(path, flags | O_CREAT | O_EXCL)
    guard descriptor < 0 else { return (descriptor, true) }
    guard errno == EEXIST else { throw failure(path, errno) }
    throw Failure(.fileError, "\(path) is a link that leads nowhere", help: "remove it, or use another file")
  }

  /// Makes sure that the file is ours, and that nobody else has it.
  /// - Returns: its size.
  private static func take(_ descriptor: Int32, _ path: String) throws(Failure) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.fileError, "\(path) is not a regular file")
    }
    guard status.st_uid == geteuid() else {
      throw Failure(.fileError, "\(path) belongs to another user", help: "use a file of your own")
    }
    // The lock ends with the process, however that ends.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? .inUse(path) : failure(path, errno)
    }
    // Another process that had it open may have written in between.
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    return Int(status.st_size)
  }

  /// A new file is safe only once its folder is.
  private static func synchronizeFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = systemOpen(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    systemClose(descriptor)
  }

  // MARK: Reading

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
    guard result >= 0 else { throw Failure(.fileError, "cannot read \(path): \(SystemError(code).text)") }
    return bytes
  }

  // MARK: Writing

  func append(_ bytes: [UInt8]) throws(Failure) {
    makePrivate()
    do throws(SystemError) {
      try writeAll(bytes, to: descriptor, written: { count in state.withLock { $0.size += count } })
    } catch {
      throw Self.failure(path, error.code)
    }
    try synchronize()
  }

  func truncate(to size: Int) throws(Failure) {
    makePrivate()
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.failure(path, errno) }
    state.withLock { $0.size = size }
    try synchronize()
  }

  /// What it holds is its owner's alone.
  private func makePrivate() {
    state.withLock { state in
      guard !state.isPrivate else { return }
      state.isPrivate = true
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    }
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

  func checkPlace() throws(Failure) {
    var (own, named) = (stat(), stat())
    guard fstat(descriptor, &own) == 0 else { throw Self.failure(path, errno) }
    if stat(path, &named) == 0, named.st_dev == own.st_dev, named.st_ino == own.st_ino {
      // Those who do not ask for the lock can cut it, or write to it.
      guard Int(own.st_size) == size else { throw .changed(path) }
      return
    }
    throw own.st_nlink == 0 ? .removed(path) : .renamed(path)
  }

  func close() {
    let wasOpen = state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
    guard wasOpen else { return }
    systemClose(descriptor)
    nameLock?.release()
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    Failure(
      .fileError, "cannot write \(path): \(SystemError(code).text)",
      help: code == ENOENT ? "its folder must be there already" : nil)
  }
}

extension Failure {
  static func inUse(_ path: String) -> Failure {
    Failure(
      .fileInUse, "\(path) is in use by another process", help: "wait until that ends, or use another file")
  }

  fileprivate static func removed(_ path: String) -> Failure {
    Failure(
      .fileDisplaced, "\(path) was removed or replaced while it was in use",
      help: "what it held is lost: look at what was done before you begin another")
  }

  fileprivate static func changed(_ path: String) -> Failure {
    Failure(
      .fileDisplaced, "\(path) was changed by somebody else while it was in use",
      help: "it may lack what was done: look before you begin another")
  }

  fileprivate static func renamed(_ path: String) -> Failure {
    Failure(
      .fileDisplaced, "\(path) was renamed or replaced while it was in use",
      help: "what was done stands in the file that had the name: give it back before you go on")
  }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }
private func systemClose(_ descriptor: Int32) { close(descriptor) }
