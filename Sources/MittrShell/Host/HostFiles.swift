import Interpreter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file system of the machine.
struct HostFiles: FileAccess {
  /// A file that is read whole may not be larger, in bytes.
  static let largestFile = 1 << 30

  func read(_ path: String) throws(Failure) -> [UInt8] {
    try readAll(try DescriptorReader(path: path), path)
  }

  func readStandardInput() throws(Failure) -> [UInt8] {
    try readAll(DescriptorReader(descriptor: STDIN_FILENO, name: "standard input"), "standard input")
  }

  func open(_ path: String) throws(Failure) -> any ChunkReader { try DescriptorReader(path: path) }

  private func readAll(_ reader: DescriptorReader, _ name: String) throws(Failure) -> [UInt8] {
    defer { reader.close() }
    var bytes = try reader.next()
    while true {
      let chunk = try reader.next()
      guard !chunk.isEmpty else { return bytes }
      guard bytes.count + chunk.count <= Self.largestFile else {
        throw Failure("file-error", "\(name) is larger than \(Self.largestFile >> 20) MiB")
      }
      bytes += chunk
    }
  }
}

/// Reads a descriptor in chunks.
final class DescriptorReader: ChunkReader {
  private let descriptor: Int32
  private let name: String
  private let isOwned: Bool
  private var isOpen = true
  private static let chunk = 256 << 10

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isOwned = false
  }

  init(path: String) throws(Failure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    name = path
    isOwned = true
    guard descriptor >= 0 else { throw Self.failure(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      systemClose(descriptor)
      throw Failure("file-error", "\(path) is a directory")
    }
  }

  func next() throws(Failure) -> [UInt8] {
    guard isOpen else { return [] }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, filled in
      repeat {
        count = read(descriptor, buffer.baseAddress, buffer.count)
      } while count < 0 && errno == EINTR
      filled = max(0, count)
    }
    guard count >= 0 else { throw Self.failure(name) }
    return bytes
  }

  func close() {
    guard isOpen, isOwned else { return }
    isOpen = false
    systemClose(descriptor)
  }

  deinit { close() }

  private static func failure(_ name: String) -> Failure {
    Failure("file-error", "cannot read \(name): \(String(cString: strerror(errno)))")
  }
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
