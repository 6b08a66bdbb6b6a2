import Basics

/// The file that holds the input at hand, whatever becomes of the process.
final class FuzzCaseFile: Sendable {
  let path: String
  private let descriptor: Int32

  init(_ target: String) {
    path = "\(FuzzSettings.folder)/mittr-fuzz-\(target)-\(getpid())"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    ftruncate(descriptor, off_t(bytes.count))
  }

  func remove() { unlink(path) }
}
