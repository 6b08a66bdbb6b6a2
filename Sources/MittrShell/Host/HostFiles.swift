import Basics
import Interpreter

/// The file system of the machine. `~/` stands for the home folder, as in any shell.
struct HostFiles: FileAccess {
  /// A file that is read whole may not be larger, in bytes.
  static let largestFile = 1 << 30

  func read(_ path: String) throws(Failure) -> [UInt8] {
    try readAll(try DescriptorReader(path: try Self.place(of: path)), path)
  }

  func readStandardInput() throws(Failure) -> [UInt8] {
    try readAll(DescriptorReader(descriptor: STDIN_FILENO, name: "standard input"), "standard input")
  }

  func open(_ path: String) throws(Failure) -> any ChunkReader { try DescriptorReader(path: try Self.place(of: path)) }

  func openStandardInput() throws(Failure) -> any ChunkReader {
    DescriptorReader(descriptor: STDIN_FILENO, name: "standard input")
  }

  func create(_ path: String, _ mode: WritingMode) throws(Failure) -> any ChunkWriter {
    try FileWriter.writer(try Self.place(of: path), mode)
  }

  func openDurable(_ path: String) throws(Failure) -> any DurableFile { try AppendOnlyFile(try Self.place(of: path)) }

  func isRegular(_ path: String) -> Bool {
    var status = stat()
    guard let place = try? Self.place(of: path), stat(place, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFREG
  }

  func entries(of folder: String) throws(Failure) -> [FolderEntry] {
    let place = folder.isEmpty ? "." : try Self.place(of: folder)
    // Anything that is no folder is refused, and not waited for.
    let descriptor = systemOpen(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw DescriptorReader.failure(place, errno) }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      systemClose(descriptor)
      throw DescriptorReader.failure(place, code)
    }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name, name != ".", name != ".." else { continue }
      guard entries.count < FolderEntry.limit else {
        throw Failure(.fileError, "\(place) holds more than \(FolderEntry.limit) files")
      }
      entries.append(FolderEntry(name, isFolder: Self.isFolder(entry, name, in: descriptor)))
    }
    return entries
  }

  private static func isFolder(_ entry: UnsafeMutablePointer<dirent>, _ name: String, in folder: Int32) -> Bool {
    let kind = Int32(entry.pointee.d_type)
    guard kind == Int32(DT_LNK) || kind == Int32(DT_UNKNOWN) else { return kind == Int32(DT_DIR) }
    var status = stat()
    return fstatat(folder, name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The system would take a NUL for the name's end, and read or write another file.
  private static func place(of path: String) throws(Failure) -> String {
    guard !path.isEmpty else { throw Failure(.fileError, "a file's name is empty") }
    guard !path.utf8.contains(0) else { throw Failure(.fileError, "a file's name holds a NUL character") }
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  private func readAll(_ reader: DescriptorReader, _ name: String) throws(Failure) -> [UInt8] {
    defer { reader.close() }
    var bytes = try reader.next()
    while true {
      let chunk = try reader.next()
      guard !chunk.isEmpty else { return bytes }
      guard bytes.count + chunk.count <= Self.largestFile else {
        throw Failure(.fileError, "\(name) is larger than \(Self.largestFile >> 20) MiB")
      }
      bytes += chunk
    }
  }
}

/// Reads a descriptor in chunks. A file is read as far as it reached when it was opened, so that what is made of it may be
/// appended to it.
final class DescriptorReader: ChunkReader {
  private let descriptor: Int32
  private let name: String
  private let isOwned: Bool
  private var isOpen = true
  /// How many bytes are left to read; nil when only the end will tell.
  private var left: Int?
  private static let chunk = 256 << 10

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isOwned = false
  }

  init(path: String) throws(Failure) {
    // Opening a named pipe is not to wait for its writer: waiting is done where cancelling ends it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    name = path
    isOwned = true
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      systemClose(descriptor)
      throw Failure(.fileError, "\(path) is a directory")
    }
    // The files of /proc say that they are empty.
    if status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 { left = Int(status.st_size) }
  }

  func next() throws(Failure) -> [UInt8] {
    guard isOpen, left != 0 else { return [] }
    var (count, code) = (-1, EAGAIN)
    var isCancelled = false
    let bytes = [UInt8](unsafeUninitializedCapacity: min(left ?? Self.chunk, Self.chunk)) { buffer, filled in
      while count < 0, code == EINTR || code == EAGAIN {
        isCancelled = !waitForBytes()
        guard !isCancelled else { return }
        count = read(descriptor, buffer.baseAddress, buffer.count)
        code = errno
      }
      filled = max(0, count)
    }
    guard !isCancelled else { throw Failure(.cancelled, "reading \(name) was cancelled") }
    guard count >= 0 else { throw Self.failure(name, code) }
    if let left { self.left = left - count }
    return bytes
  }

  /// Waits until there is something to read, or the end; answers false when the task was cancelled instead.
  private func waitForBytes() -> Bool {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while !Task.isCancelled {
      // Short waits, so that Ctrl-C is noticed.
      let ready = poll(&poller, 1, 50)
      if ready > 0 || ready < 0 && errno != EINTR { return true }
    }
    return false
  }

  func close() {
    guard isOpen, isOwned else { return }
    isOpen = false
    systemClose(descriptor)
  }

  deinit { close() }

  static func failure(_ name: String, _ code: Int32) -> Failure {
    let shown = name.utf8.count > 200 ? name.prefix(100) + "…" : name[...]
    return Failure(
      .fileError, "cannot read \(shown): \(SystemError(code).text)",
      help: code == ENAMETOOLONG ? "a file's name is given as it is; @FILE is what the file holds" : nil)
  }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
private func systemClose(_ descriptor: Int32) { close(descriptor) }
