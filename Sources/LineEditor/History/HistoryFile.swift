import Basics

/// The file that keeps entries from one run to the next: one JSON string a line, the newest last.
///
/// Entries hold what the user typed, so the file is readable by its owner alone. Every session appends with one
/// `write` in append mode, so sessions that run at the same time lose nothing of each other.
struct HistoryFile: Sendable {
  let path: String

  /// An entry longer than this many UTF-8 bytes is not kept.
  static let maximumEntryLength = 64 * 1024
  /// No more than this many bytes are read, from the end.
  private static let maximumTail = 16 * 1024 * 1024
  private static let blockSize = 64 * 1024

  private static let newline = UInt8(ascii: "\n")

  /// The last entries, oldest first, none when there is no file yet. Damaged lines are left out.
  func load(limit: Int) throws(HistoryFileError) -> [String] {
    let file: OpenFile
    do {
      file = try OpenFile(path, O_RDONLY)
    } catch .system(_, ENOENT) {
      return []
    }
    defer { file.close() }
    let lines = try tail(of: file, lines: limit).split(separator: Self.newline)
    return lines.suffix(limit).compactMap { line in
      guard let text = JSONString.decode(line), History.isStorable(text) else { return nil }
      return text
    }
  }

  /// Appends one entry, creating the file and its folders when they are missing.
  func append(_ entry: String) throws(HistoryFileError) {
    createFolders()
    let file = try OpenFile(path, O_RDWR | O_APPEND | O_CREAT)
    defer { file.close() }
    var line = JSONString.encode(entry) + [Self.newline]
    // A session that died while writing may have left half a line, which must not swallow this one.
    if file.size > 0, try file.read(at: file.size - 1, count: 1) != [Self.newline] { line.insert(Self.newline, at: 0) }
    try file.write(line)
  }

  /// Forgets every entry.
  func clear() throws(HistoryFileError) {
    do {
      let file = try OpenFile(path, O_WRONLY)
      defer { file.close() }
      try file.truncate()
    } catch .system(_, ENOENT) {
      return
    }
  }

  /// The end of the file, from the beginning of a line, with at least so many lines where there are as many.
  private func tail(of file: OpenFile, lines: Int) throws(HistoryFileError) -> [UInt8] {
    var blocks: [[UInt8]] = []
    var start = file.size
    var newlines = 0
    while start > 0, newlines <= lines, file.size - start < Self.maximumTail {
      let count = min(start, Self.blockSize)
      let block = try file.read(at: start - count, count: count)
      start -= count
      newlines += block.count { $0 == Self.newline }
      blocks.append(block)
    }
    let bytes = blocks.reversed().flatMap(\.self)
    guard start > 0 else { return bytes }
    // The first line was cut where reading stopped.
    return Array(bytes.drop { $0 != Self.newline })
  }

  /// Failures are left to the opening of the file, which then says what is wrong.
  private func createFolders() {
    for (index, character) in zip(path.indices, path) where character == "/" && index != path.startIndex {
      mkdir(String(path[..<index]), 0o700)
    }
  }
}

/// The opened file, known to be a regular one of this user's, which nobody else can read.
private struct OpenFile {
  let path: String
  let descriptor: Int32
  let size: Int

  init(_ path: String, _ flags: Int32) throws(HistoryFileError) {
    // Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
    let descriptor = open(path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw .system(path: path, code: errno) }
    do throws(HistoryFileError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .system(path: path, code: errno) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
      guard status.st_uid == geteuid() else { throw .foreignOwner(path: path) }
      if status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 { throw .system(path: path, code: errno) }
      self.size = Int(status.st_size)
    } catch {
      _ = sysClose(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  func close() { _ = sysClose(descriptor) }

  func read(at offset: Int, count: Int) throws(HistoryFileError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
      if result < 0 { code = errno }
      initialized = max(0, result)
    }
    guard code == 0 else { throw .system(path: path, code: code) }
    return bytes
  }

  /// One call of the system as a rule, so that the line stays whole beside those of other sessions.
  func write(_ bytes: [UInt8]) throws(HistoryFileError) {
    do throws(SystemError) {
      try writeAll(bytes, to: descriptor)
    } catch {
      throw .system(path: path, code: error.code)
    }
  }

  func truncate() throws(HistoryFileError) {
    guard ftruncate(descriptor, 0) == 0 else { throw .system(path: path, code: errno) }
  }
}

/// `close` of the C library, by a name that the method above does not hide.
private func sysClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
