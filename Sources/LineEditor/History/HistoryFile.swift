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
    guard let file = try opened(O_RDONLY) else { return [] }
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
    guard let file = try opened(O_RDWR | O_APPEND, creates: true) else { return }
    defer { file.close() }
    var line = JSONString.encode(entry) + [Self.newline]
    // A session that died while writing may have left half a line, which must not swallow this one.
    let size = Int(file.status.st_size)
    if size > 0, try read(file, at: size - 1, count: 1) != [Self.newline] { line.insert(Self.newline, at: 0) }
    do throws(SystemError) {
      // One call of the system as a rule, so that the line stays whole beside those of other sessions.
      try writeAll(line, to: file.descriptor)
    } catch {
      throw HistoryFileError(path: path, .system(error.code))
    }
  }

  /// Forgets every entry.
  func clear() throws(HistoryFileError) {
    guard let file = try opened(O_WRONLY) else { return }
    defer { file.close() }
    guard ftruncate(file.descriptor, 0) == 0 else { throw HistoryFileError(path: path, .system(errno)) }
  }

  /// The file, readable by its owner alone from now on; nil when there is none, and none is made.
  private func opened(_ flags: Int32, creates: Bool = false) throws(HistoryFileError) -> OwnFile? {
    do throws(OwnFileError) {
      let file = try OwnFile(path, flags, creates: creates)
      do throws(OwnFileError) {
        try file.tighten()
      } catch {
        file.close()
        throw error
      }
      return file
    } catch {
      if error == .system(ENOENT), !creates { return nil }
      throw HistoryFileError(path: path, error)
    }
  }

  private func read(_ file: OwnFile, at offset: Int, count: Int) throws(HistoryFileError) -> [UInt8] {
    do throws(OwnFileError) {
      return try file.read(at: offset, count: count)
    } catch {
      throw HistoryFileError(path: path, error)
    }
  }

  /// The end of the file, from the beginning of a line, with at least so many lines where there are as many.
  private func tail(of file: OwnFile, lines: Int) throws(HistoryFileError) -> [UInt8] {
    var blocks: [[UInt8]] = []
    let size = Int(file.status.st_size)
    var start = size
    var newlines = 0
    while start > 0, newlines <= lines, size - start < Self.maximumTail {
      let count = min(start, Self.blockSize)
      let block = try read(file, at: start - count, count: count)
      start -= count
      newlines += block.count { $0 == Self.newline }
      blocks.append(block)
    }
    let bytes = blocks.reversed().flatMap(\.self)
    guard start > 0 else { return TextDecoder.decoded(bytes) }
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
