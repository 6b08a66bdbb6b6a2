import Basics
import Interpreter

/// A descriptor to write to, closed once.
final class OutputDescriptor {
  private let descriptor: Int32
  private let path: String
  private var isOpen = true

  init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        // Somebody reads slowly from a pipe. Whether to go on waiting is asked in between.
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&poller, 1, 50)
        if Task.isCancelled { throw Failure("cancelled", "writing \(path) was cancelled") }
      } else if errno != EINTR {
        throw FileWriter.failure(path, errno)
      }
    }
  }

  /// Waits until everything is on disk. What has no disk behind it says that this makes no sense.
  func synchronize() throws(Failure) {
    guard fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw FileWriter.failure(path, errno)
  }

  func close() throws(Failure) {
    guard isOpen else { return }
    isOpen = false
    guard systemClose(descriptor) == 0 || errno == EINTR else { throw FileWriter.failure(path, errno) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
