import Basics
import Synchronization

/// A pipe whose ends are closed when it is let go of, or before.
package final class Pipe: Sendable {
  package let readEnd: Int32
  package let writeEnd: Int32
  private let open = Mutex((reading: true, writing: true))

  package init() throws(TestFailure) {
    // Writing to what nobody reads is to be an error, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw TestFailure("no pipe: \(errno)") }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    closeReadEnd()
    closeWriteEnd()
  }

  package func closeReadEnd() {
    open.withLock { open in
      if open.reading { close(readEnd) }
      open.reading = false
    }
  }

  package func closeWriteEnd() {
    open.withLock { open in
      if open.writing { close(writeEnd) }
      open.writing = false
    }
  }

  /// Writes all of the bytes, unless nobody reads any more.
  package func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(writeEnd, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Up to `count` bytes as they come; empty at the end, and once the end is closed.
  package func read(atMost count: Int = 65_536) -> [UInt8] {
    guard open.withLock({ $0.reading }) else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, systemRead(readEnd, buffer.baseAddress, count))
    }
  }

  /// Everything up to the end.
  package func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    while case let block = read(), !block.isEmpty { bytes += block }
    return bytes
  }
}

/// `write` and `read` of the C library, by names that the methods above do not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
