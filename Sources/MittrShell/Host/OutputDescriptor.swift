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
    do throws(SystemError) {
      // The reader of a pipe may be slow. Whether to go on waiting is asked in between.
      try writeAll(
        bytes, to: descriptor,
        whileWaiting: { () throws(SystemError) in if Task.isCancelled { throw SystemError(ECANCELED) } })
    } catch {
      guard error.code != ECANCELED else { throw Failure(.cancelled, "writing \(path) was cancelled") }
      throw FileWriter.failure(path, error.code)
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

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
