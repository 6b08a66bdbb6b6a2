import Basics

/// Reads files of certificates and keys.
enum PEMFile {
  /// A larger file holds something else, in bytes.
  private static let largest = 16 << 20

  /// - Parameter failure: what a file that cannot be read means; it gets the reason as a clause.
  static func bytes(
    _ path: String, otherwise failure: (String) -> ExchangeFailure
  ) throws(ExchangeFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure("cannot read \(path): \(SystemError(errno).text)") }
    defer { close(descriptor) }
    var status = stat()
    // Reading anything else might never end.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw failure("\(path) is not a file")
    }
    guard status.st_size <= largest else { throw failure("\(path) is larger than \(largest >> 20) MiB") }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= largest {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot read \(path): \(SystemError(errno).text)") }
      if count == 0 { break }
      bytes += block.prefix(count)
    }
    return bytes
  }
}
