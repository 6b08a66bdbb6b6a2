package import Interpreter
import Synchronization

/// Files that exist in memory alone.
package final class MemoryFiles: FileAccess {
  /// What they hold now.
  package fileprivate(set) var files: [String: [UInt8]]
  /// What is still to be read.
  private var standardInput: [UInt8]
  /// How many files were begun and neither committed nor discarded yet.
  package fileprivate(set) var unfinished = 0

  private var durable: [String: MemoryDurableFile] = [:]

  package init(files: [String: [UInt8]], standardInput: [UInt8] = []) {
    self.files = files
    self.standardInput = standardInput
  }

  package func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let bytes = durable[path]?.bytes ?? files[path] else { throw Failure("file-error", "\(path): no such file") }
    return bytes
  }

  package func isRegular(_ path: String) -> Bool { files[path] != nil || durable[path] != nil }

  package func entries(of folder: String) throws(Failure) -> [FolderEntry] {
    var entries: Set<FolderEntry> = []
    for name in files.keys where name.hasPrefix(folder) {
      let parts = name.dropFirst(folder.count).split(separator: "/", maxSplits: 1)
      if let first = parts.first { entries.insert(FolderEntry(String(first), isFolder: parts.count > 1)) }
    }
    guard !entries.isEmpty || folder.isEmpty else { throw Failure("file-error", "\(folder): no such folder") }
    return Array(entries)
  }

  package func readStandardInput() throws(Failure) -> [UInt8] {
    defer { standardInput = [] }
    return standardInput
  }

  package func open(_ path: String) throws(Failure) -> any ChunkReader { MemoryChunks(try read(path)) }

  package func openStandardInput() throws(Failure) -> any ChunkReader { MemoryChunks(standardInput) }

  /// Puts a file there that `openDurable` opens.
  package func keep(_ file: MemoryDurableFile, at path: String) { durable[path] = file }

  package func openDurable(_ path: String) throws(Failure) -> any DurableFile {
    if let file = durable[path] {
      guard file.reopen() else { throw Failure("file-in-use", "\(path) is in use") }
      return file
    }
    let file = MemoryDurableFile(files[path] ?? [])
    _ = file.reopen()
    durable[path] = file
    return file
  }

  package func create(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter {
    if case .create = mode, files[path] != nil { throw Failure("file-exists", "\(path) is there already") }
    if case .append = mode { return MemoryWriter(self, path, behind: files[path] ?? []) }
    return MemoryWriter(self, path, behind: [])
  }
}

/// Gives a few bytes at a time, so that every boundary falls somewhere inconvenient.
private final class MemoryChunks: ChunkReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func next() throws(Failure) -> [UInt8] {
    defer { rest = rest.dropFirst(7) }
    return Array(rest.prefix(7))
  }

  func close() { rest = [] }
}

private final class MemoryWriter: ChunkWriter {
  private let files: MemoryFiles
  private let path: String
  private var bytes: [UInt8]
  private var isDone = false
  let hasContent: Bool

  init(_ files: MemoryFiles, _ path: String, behind bytes: [UInt8]) {
    self.files = files
    self.path = path
    self.bytes = bytes
    hasContent = !bytes.isEmpty
    files.unfinished += 1
  }

  func write(_ bytes: [UInt8]) throws(Failure) { self.bytes += bytes }

  func commit() throws(Failure) {
    files.files[path] = bytes
    discard()
  }

  func discard() {
    if !isDone { files.unfinished -= 1 }
    isDone = true
  }
}

/// A file whose every append is noted, and that may be made to fail.
package final class MemoryDurableFile: DurableFile {
  private struct State {
    var bytes: [UInt8]
    var isOpen = true
    var isDisplaced = false
    var appends = 0
    /// How many more bytes there is room for.
    var room = Int.max
  }

  private let state: Mutex<State>

  /// - Parameter room: how many bytes may be appended.
  package init(_ bytes: [UInt8], room: Int = .max) {
    state = Mutex(State(bytes: bytes, isOpen: false, room: room))
  }

  package var bytes: [UInt8] { state.withLock { $0.bytes } }
  package var size: Int { bytes.count }
  /// How often something was put on disk.
  package var appends: Int { state.withLock { $0.appends } }

  package func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    let bytes = bytes
    guard offset < bytes.count else { return [] }
    return Array(bytes[offset..<min(bytes.count, offset + count)])
  }

  package func append(_ bytes: [UInt8]) throws(Failure) {
    let fits = state.withLock { state in
      let part = bytes.prefix(state.room)
      state.bytes += part
      state.room -= part.count
      state.appends += 1
      return part.count == bytes.count
    }
    if !fits { throw Failure("file-error", "no space left on device") }
  }

  package func truncate(to size: Int) throws(Failure) {
    state.withLock { $0.bytes = Array($0.bytes.prefix(size)) }
  }

  package func checkPlace() throws(Failure) {
    if state.withLock({ $0.isDisplaced }) { throw Failure("file-displaced", "somebody has taken the file away") }
  }

  /// Takes the file away from its name.
  package func displace() { state.withLock { $0.isDisplaced = true } }

  package func close() { state.withLock { $0.isOpen = false } }

  /// - Returns: false when it is open already.
  func reopen() -> Bool {
    state.withLock { state in
      defer { state.isOpen = true }
      return !state.isOpen
    }
  }
}
