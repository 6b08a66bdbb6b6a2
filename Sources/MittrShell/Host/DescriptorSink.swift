import Basics
import Interpreter

/// Standard output or standard error.
final class DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let isTerminal: Bool

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  func write(_ bytes: [UInt8]) throws(Interruption) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&poller, 1, -1)
      } else if errno == EPIPE || errno == EIO && isTerminal {
        // A terminal that was hung up is read by nobody either.
        throw .outputClosed
      } else if errno != EINTR {
        throw .failure(Failure("output-error", "cannot write the output: \(String(cString: strerror(errno)))"))
      }
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
