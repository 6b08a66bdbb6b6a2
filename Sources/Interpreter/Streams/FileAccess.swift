/// Reading and writing what a script names: a seam for tests and for hosts with a file system of their own.
public protocol FileAccess {
  /// The whole contents.
  /// - Throws: a failure with code `file-error` that names the path.
  func read(_ path: String) throws(Failure) -> [UInt8]
  /// Whether the path names a file that can be read more than once, without waiting for anybody.
  func isRegular(_ path: String) -> Bool
  /// Everything that is left on standard input.
  func readStandardInput() throws(Failure) -> [UInt8]
  /// The contents in chunks of at most about 256 KiB: each call answers the next one, an empty one at the end.
  func open(_ path: String) throws(Failure) -> any ChunkReader
  /// What is left on standard input, in chunks.
  func openStandardInput() throws(Failure) -> any ChunkReader
  /// What a folder holds, in any order, without names that are no UTF-8.
  /// - Parameter folder: as a script writes it; empty for the current one.
  /// - Throws: a failure with code `file-error`, also when there are more than `FolderEntry.limit`.
  func entries(of folder: String) throws(Failure) -> [FolderEntry]
  /// Begins to write a file, of which nothing is to be seen before `commit`, unless it is appended to.
  /// - Throws: a failure with code `file-exists` when there is one already that is not to be replaced, and `file-error`
  ///   for everything else.
  func create(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter
  /// Opens a file that is to be appended to and to outlast everything; nobody else can open it so meanwhile, nor another one
  /// of its name. If there is none it is made, for its owner alone; one that is there is left as it is until it is written
  /// to, and then is its owner's alone too.
  /// - Throws: a failure with code `file-in-use` when another process has it open, and `file-error` for everything else.
  func openDurable(_ path: String) throws(Failure) -> any DurableFile
}

extension FileAccess {
  public func entries(of folder: String) throws(Failure) -> [FolderEntry] {
    throw Failure(.fileError, "folders cannot be listed here")
  }
}

/// A file or a folder in a folder.
public struct FolderEntry: Sendable, Hashable {
  /// More entries of a folder are not listed.
  public static let limit = 1_000_000

  public let name: String
  /// A link to a folder is one too.
  public let isFolder: Bool

  public init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}

/// A file being read.
public protocol ChunkReader: AnyObject {
  func next() throws(Failure) -> [UInt8]
  func close()
}

/// What becomes of a file that is there already.
public enum WritingMode: Sendable {
  /// It stays, and writing fails.
  case create
  case replace
  case append
}

/// A file being written. The caller that opened it ends it, with `commit` or `discard`.
public protocol ChunkWriter: AnyObject {
  /// Whether something stands in it already, since it is appended to.
  var hasContent: Bool { get }
  func write(_ bytes: [UInt8]) throws(Failure)
  /// Puts the file in its place, with all that was written safely on disk.
  func commit() throws(Failure)
  /// Leaves everything as it was. What was appended stays.
  func discard()
}

/// A file that only grows, and of which nothing that was appended is lost, whatever becomes of the process or the machine.
/// It may be used from any thread.
public protocol DurableFile: AnyObject, Sendable {
  /// In bytes.
  var size: Int { get }
  /// So many bytes from there, or as many as there are.
  func read(at offset: Int, count: Int) throws(Failure) -> [UInt8]
  /// Writes at the end, and waits until it is on disk. After a failure some of it may stand there.
  func append(_ bytes: [UInt8]) throws(Failure)
  /// Drops what stands behind so many bytes.
  func truncate(to size: Int) throws(Failure)
  /// - Throws: a failure with code `file-displaced` when the file was removed, renamed or replaced since it was opened, so
  ///   that its name does not lead to it any more.
  func checkPlace() throws(Failure)
  /// Closes it, and lets others open it. A second call does nothing.
  func close()
}
