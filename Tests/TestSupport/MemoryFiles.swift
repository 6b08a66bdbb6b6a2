package import Interpreter

/// Files that exist in memory alone.
package struct MemoryFiles: FileAccess {
  private let files: [String: [UInt8]]
  private let standardInput: [UInt8]

  package init(files: [String: [UInt8]], standardInput: [UInt8] = []) {
    self.files = files
    self.standardInput = standardInput
  }

  package func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let bytes = files[path] else { throw Failure("file-error", "\(path): no such file") }
    return bytes
  }

  package func readStandardInput() throws(Failure) -> [UInt8] { standardInput }

  package func open(_ path: String) throws(Failure) -> any ChunkReader { MemoryChunks(try read(path)) }
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
