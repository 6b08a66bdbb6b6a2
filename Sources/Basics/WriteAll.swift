/// What the system said when something could not be done: `errno`.
package struct SystemError: Error, Sendable, Hashable {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// The C library's words for it, such as `No space left on device`.
  package var text: String { String(cString: strerror(code)) }
}

/// Writes all of the bytes to a descriptor, however many calls that takes.
///
/// A signal in between is passed over. A descriptor that takes nothing at the moment (`EAGAIN`) is waited for.
/// - Parameters:
///   - whileWaiting: called when such a wait begins, and about every 50 ms of it; what it throws ends the wait. By default
///     nothing ends it.
///   - written: told after each call how many bytes it took.
/// - Throws: `SystemError` with what `write` said: `ENOSPC` on a full disk, `EPIPE` when nobody reads any more, `EBADF`
///   when the descriptor is closed.
package func writeAll(
  _ bytes: [UInt8], to descriptor: Int32, written: (Int) -> Void = { _ in },
  whileWaiting: () throws(SystemError) -> Void = {}
) throws(SystemError) {
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
    }
    if count >= 0 {
      start += count
      written(count)
    } else if errno == EAGAIN || errno == EWOULDBLOCK {
      try whileWaiting()
      var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&poller, 1, 50)
    } else if errno != EINTR {
      throw SystemError(errno)
    }
  }
}
