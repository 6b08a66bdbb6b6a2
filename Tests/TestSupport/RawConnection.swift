import Basics
import Dispatch

/// A TCP connection to a port of this machine, on which bytes go as they are. Its calls block.
package final class RawConnection {
  package let descriptor: Int32

  package init(port: Int) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let descriptor = descriptor
    let isConnected = withUnsafeBytes(of: &address) { raw in
      raw.assumingMemoryBound(to: sockaddr.self).baseAddress.map {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      } ?? false
    }
    guard isConnected else { throw TestFailure("cannot connect: \(errno)") }
  }

  deinit { close(descriptor) }

  /// Sends all of it, or as much as the other side takes: whoever refuses early may close before.
  /// - Returns: whether it was all.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        sendNow(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start, noSignal)
      }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Says that nothing more will come.
  package func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// What comes until the other side closes or resets the connection.
  package func rest() throws -> [UInt8] {
    var answer: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = recv(descriptor, &block, block.count, 0), count != 0 {
      guard count > 0 else {
        if errno == ECONNRESET { break }
        throw TestFailure("no end came, after: \(String(decoding: answer, as: UTF8.self))")
      }
      answer += block.prefix(count)
    }
    return answer
  }

  /// What comes until it ends with a text.
  package func text(until end: String) throws -> String {
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while !answer.suffix(end.utf8.count).elementsEqual(end.utf8) {
      guard recv(descriptor, &byte, 1, 0) == 1 else {
        throw TestFailure("it ended before, after: \(String(decoding: answer, as: UTF8.self))")
      }
      answer.append(byte)
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Waits until so many of the connections have something to read, or have ended.
  /// - Returns: which.
  package static func readable(_ connections: [RawConnection], atLeast count: Int) throws -> Set<Int> {
    var polls = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    var found: Set<Int> = []
    while found.count < count {
      guard poll(&polls, nfds_t(polls.count), 20_000) > 0 else {
        throw TestFailure("only \(found.count) of \(count) answers came")
      }
      for index in polls.indices where polls[index].revents != 0 {
        found.insert(index)
        // Not asked for again.
        polls[index].fd = -1
      }
    }
    return found
  }
}

/// Does work that blocks on a thread of its own kind, which the servers under test do not need.
package func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
  }
}

/// Sends bytes as they are to a port of this machine, and reads what comes back until the other side closes. All is
/// sent before anything is read, as simple clients do.
package enum RawClient {
  /// - Parameter closesOutput: whether it says that nothing more will come.
  package static func exchange(_ port: Int, _ text: String, closesOutput: Bool = false) async throws -> String {
    let bytes = try await exchange(port, Array(text.utf8), closesOutput: closesOutput)
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func exchange(_ port: Int, _ bytes: [UInt8], closesOutput: Bool = false) async throws -> [UInt8] {
    try await blocking {
      let connection = try RawConnection(port: port)
      connection.send(bytes)
      if closesOutput { connection.closeOutput() }
      return try connection.rest()
    }
  }
}

#if canImport(Darwin)
  private let noSignal: Int32 = 0
#else
  private let noSignal: Int32 = 0x4000
#endif

/// The C library's `send`, which the method of that name hides.
private func sendNow(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
  send(descriptor, bytes, count, flags)
}
