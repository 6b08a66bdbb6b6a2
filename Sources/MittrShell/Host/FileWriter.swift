import Interpreter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Begins files. A new one, and one to be replaced, is written beside its place under another name and put there by
/// `commit`; what is appended to, and what is no regular file, such as a device, is written at once.
enum FileWriter {
  static func writer(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter {
    var status = stat()
    guard stat(path, &status) == 0 else {
      // A link that leads nowhere is there all the same.
      guard errno == ENOENT, !path.isEmpty else { throw failure(path, errno) }
      guard lstat(path, &status) != 0 else {
        throw Failure("file-error", "cannot write \(path): it is a link that leads nowhere")
      }
      return mode == .append
        ? try DirectWriter(path) : try ReplacingWriter(path, replaced: nil, mayReplace: mode == .replace)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure("file-error", "\(path) is a directory")
    default: return try DirectWriter(path)
    }
    switch mode {
    case .create: throw exists(path)
    case .append: return try DirectWriter(path)
    case .replace: return try ReplacingWriter(path, replaced: status, mayReplace: true)
    }
  }

  static func exists(_ path: String) -> Failure {
    Failure("file-exists", "\(path) is there already", help: "--force replaces it, --append writes behind it")
  }

  static func failure(_ path: String, _ code: Int32) -> Failure {
    let help: String? =
      switch code {
      case ENOENT: "its folder must be there already"
      case EACCES, EPERM, EROFS: "its folder must be writable, for it is written there under another name first"
      default: nil
      }
    return Failure("file-error", "cannot write \(path): \(String(cString: strerror(code)))", help: help)
  }
}

/// Writes a file beside its place, and puts it there when it is whole.
private final class ReplacingWriter: ChunkWriter {
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
  init(_ path: String, replaced: stat?, mayReplace: Bool) throws(Failure) {
    self.path = path
    self.mayReplace = mayReplace
    let place = replaced == nil ? path : try Self.target(of: path)
    self.place = place
    let folder = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    temporary = folder + ".mittr-" + digits
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, replaced == nil ? 0o666 : 0o600)
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

/// Writes behind what a file holds, or to something that is no file.
private final class DirectWriter: ChunkWriter {
  private let output: OutputDescriptor
  /// Whether the last line lacks its end, which something that died while writing left so.
  private var needsLineFeed = false

  let hasContent: Bool

  init(_ path: String) throws(Failure) {
    let flags = O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    // Reading is only wanted for the last byte, and not everything that can be written can be read.
    var descriptor = open(path, O_RDWR | flags, 0o666)
    if descriptor < 0 { descriptor = open(path, O_WRONLY | flags, 0o666) }
    guard descriptor >= 0 else {
      throw errno == ENXIO
        ? Failure("file-error", "nobody reads from \(path)") : FileWriter.failure(path, errno)
    }
    output = OutputDescriptor(descriptor, path)
    guard isatty(descriptor) == 0 else {
      throw Failure(
        "file-error", "\(path) is a terminal", help: "what a statement yields is shown there by itself")
    }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    hasContent = isFile && status.st_size > 0
    var last: UInt8 = 0
    needsLineFeed = hasContent && pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != UInt8(ascii: "\n")
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    guard !bytes.isEmpty else { return }
    try output.write(needsLineFeed ? [UInt8(ascii: "\n")] + bytes : bytes)
    needsLineFeed = false
  }

  func commit() throws(Failure) {
    try output.synchronize()
    try output.close()
  }

  func discard() { try? output.close() }

  deinit { discard() }
}

/// A descriptor to write to, closed once.
private final class OutputDescriptor {
  private let descriptor: Int32
  private let path: String
  private var isOpen = true

  init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        // Somebody reads slowly from a pipe. Whether to go on waiting is asked in between.
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&poller, 1, 50)
        if Task.isCancelled { throw Failure("cancelled", "writing \(path) was cancelled") }
      } else if errno != EINTR {
        throw FileWriter.failure(path, errno)
      }
    }
  }

  /// Waits until everything is on disk. What has no disk behind it says that this makes no sense.
  func synchronize() throws(Failure) {
    guard fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw FileWriter.failure(path, errno)
  }

  func close() throws(Failure) {
    guard isOpen else { return }
    isOpen = false
    guard systemClose(descriptor) == 0 || errno == EINTR else { throw FileWriter.failure(path, errno) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
