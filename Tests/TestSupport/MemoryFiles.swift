package import Interpreter

/// Files that exist in memory alone.
package final class MemoryFiles: FileAccess {
  /// What they hold now.
  package fileprivate(set) var files: [String: [UInt8]]
  private let standardInput: [UInt8]
  /// How many files were begun and neither committed nor discarded yet.
  package fileprivate(set) var unfinished = 0

  package init(files: [String: [UInt8]], standardInput: [UInt8] = []) {
    self.files = files
    self.standardInput = standardInput
  }

  package func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let bytes = files[path] else { throw Failure("file-error", "\(path): no such file") }
    return bytes
  }

  package func isRegular(_ path: String) -> Bool { files[path] != nil }

  package func readStandardInput() throws(Failure) -> [UInt8] { standardInput }

  package func open(_ path: String) throws(Failure) -> any ChunkReader { MemoryChunks(try read(path)) }

  package func openStandardInput() throws(Failure) -> any ChunkReader { MemoryChunks(standardInput) }

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
