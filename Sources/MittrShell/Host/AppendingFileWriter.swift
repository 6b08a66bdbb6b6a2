import Basics
import Interpreter

/// Writes behind what a file holds, or to something that is no file.
final class AppendingFileWriter: ChunkWriter {
  private let output: OutputDescriptor
  /// Whether the last line lacks its end, which something that died while writing left so.
  private var needsLineFeed = false

  let hasContent: Bool

  init(_ path: String) throws(Failure) {
    let flags = O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    // Reading is only wanted for a file's last byte, and not everything that can be written can be read. Of a named pipe
    // this process would be the reader.
    var descriptor: Int32 = Self.isPipe(path) ? -1 : open(path, O_RDWR | flags)
    if descriptor < 0 { descriptor = open(path, O_WRONLY | flags) }
    // No file is made where a link leads.
    if descriptor < 0, errno == ENOENT { descriptor = open(path, O_RDWR | flags | O_CREAT | O_EXCL, 0o666) }
    while descriptor < 0, errno == ENXIO, !Task.isCancelled {
      // Nobody reads from the pipe yet. Short waits, so that Ctrl-C is noticed.
      usleep(20_000)
      descriptor = open(path, O_WRONLY | flags)
    }
    guard descriptor >= 0 else {
      throw errno == ENXIO ? Failure(.cancelled, "nobody reads from \(path)") : FileWriter.failure(path, errno)
    }
    output = OutputDescriptor(descriptor, path)
    guard isatty(descriptor) == 0 else {
      throw Failure(
        .fileError, "\(path) is a terminal", help: "what a statement yields is shown there by itself")
    }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    hasContent = isFile && status.st_size > 0
    var last: UInt8 = 0
    needsLineFeed = hasContent && pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != UInt8(ascii: "\n")
  }

  private static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
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
