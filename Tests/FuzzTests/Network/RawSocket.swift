import Basics

/// A socket on loopback that sends bytes as they are. All calls block.
struct RawSocket {
  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func make() -> Int32 {
    #if canImport(Glibc)
      socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket(AF_INET, SOCK_STREAM, 0)
    #endif
  }

  static func connected(to port: Int) throws(FuzzFailure) -> RawSocket {
    let descriptor = make()
    guard withAddress(port, { connect(descriptor, $0, $1) }) == 0 else {
      let code = errno
      Basics.close(descriptor)
      throw FuzzFailure("cannot connect to port \(port): \(SystemError(code).text)")
    }
    return RawSocket(descriptor)
  }

  /// A socket that listens on a free port.
  static func listening() throws(FuzzFailure) -> (socket: RawSocket, port: Int) {
    let descriptor = make()
    guard withAddress(0, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 64) == 0 else {
      throw FuzzFailure("cannot listen: \(SystemError(errno).text)")
    }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return (RawSocket(descriptor), Int(UInt16(bigEndian: address.sin_port)))
  }

  /// The next connection; nil once the socket was shut down.
  func accepted() -> RawSocket? {
    let connection = accept(descriptor, nil, nil)
    return connection >= 0 ? RawSocket(connection) : nil
  }

  /// Sends what the other side takes: who refuses early may close before all is sent.
  func send(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Basics.send(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start, noSignal)
      }
      guard count > 0 else { return }
      start += count
    }
  }

  /// The next bytes; empty when no more will come.
  func receive() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }
  }

  /// Sends all, says that no more will come, and reads meanwhile and afterwards until the other side closes.
  /// - Returns: what came, and whether the other side closed in good order.
  func exchange(_ bytes: [UInt8]) -> (answer: [UInt8], isWhole: Bool) {
    var answer: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    var start = 0
    var isSending = true
    while true {
      if isSending, start == bytes.count {
        shutdown(descriptor, Int32(SHUT_WR))
        isSending = false
      }
      var poller = pollfd(fd: descriptor, events: Int16(isSending ? POLLIN | POLLOUT : POLLIN), revents: 0)
      poll(&poller, 1, -1)
      if poller.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
        let count = recv(descriptor, &block, block.count, noWaiting)
        if count > 0 { answer += block[..<count] }
        if count == 0 { return (answer, true) }
        if count < 0, errno != EAGAIN, errno != EINTR { return (answer, false) }
      }
      if isSending, poller.revents & Int16(POLLOUT) != 0 {
        let count = bytes.withUnsafeBytes { buffer in
          Basics.send(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start, noSignal | noWaiting)
        }
        // Who refuses early may close before all is sent.
        if count > 0 { start += count } else if errno != EAGAIN, errno != EINTR { isSending = false }
      }
    }
  }

  /// Ends a wait of `accepted` or `receive` on another thread.
  func interrupt() { shutdown(descriptor, Int32(SHUT_RDWR)) }
  func close() { Basics.close(descriptor) }

  private static func withAddress(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

#if canImport(Darwin)
  private let (noSignal, noWaiting): (Int32, Int32) = (0, 0x80)
#else
  private let (noSignal, noWaiting): (Int32, Int32) = (0x4000, 0x40)
#endif
