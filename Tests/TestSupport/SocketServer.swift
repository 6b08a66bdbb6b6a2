import Basics
import Dispatch
import Synchronization

/// A server on a loopback port that lets a test say, byte by byte, what each connection gets. Each has a thread of its
/// own. It ends when it is let go of.
package final class SocketServer: Sendable {
  package let port: Int
  private let listener: Listener
  private let accepted = Counter()

  package var url: String { "http://127.0.0.1:\(port)" }
  package var connectionCount: Int { accepted.count.load(ordering: .acquiring) }

  /// - Parameter serve: called for each connection; when it returns, the connection ends.
  package init(_ serve: @escaping @Sendable (SocketConnection) -> Void) throws(TestFailure) {
    signal(SIGPIPE, SIG_IGN)
    let held = Listener(SocketConnection.socket())
    let listener = held.descriptor
    var (address, size) = (SocketConnection.loopback(port: 0), socklen_t(MemoryLayout<sockaddr_in>.size))
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && listen(listener, 256) == 0 && getsockname(listener, address, &size) == 0
      }
    }
    guard isBound else { throw TestFailure("no server: \(errno)") }
    self.listener = held
    port = Int(UInt16(bigEndian: address.sin_port))
    let accepted = accepted
    DispatchQueue(label: "server").async {
      while !held.hasEnded.load(ordering: .acquiring) {
        let descriptor = accept(held.descriptor, nil, nil)
        // Somebody may have hung up before: that ends nothing.
        guard descriptor >= 0 || errno == EINTR || errno == ECONNABORTED else { return }
        guard descriptor >= 0 else { continue }
        let connection = SocketConnection(descriptor)
        guard !held.hasEnded.load(ordering: .acquiring) else { return }
        accepted.count.add(1, ordering: .acquiringAndReleasing)
        DispatchQueue(label: "connection").async { serve(connection) }
      }
    }
  }

  deinit {
    listener.hasEnded.store(true, ordering: .releasing)
    shutdown(listener.descriptor, Int32(SHUT_RDWR))
  }

  /// The listening descriptor, closed once neither the server nor the thread that accepts has it: its number may be
  /// another one's by then.
  private final class Listener: Sendable {
    let descriptor: Int32
    let hasEnded = Atomic(false)

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
  }

  private final class Counter: Sendable { let count = Atomic(0) }
}

/// One end of a connection, which ends when it is let go of.
package final class SocketConnection: Sendable {
  package let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// nil when nobody listens at that port of this machine.
  package init?(port: Int) {
    descriptor = Self.socket()
    var address = Self.loopback(port: port)
    let status = withUnsafeBytes(of: &address) { raw in
      raw.assumingMemoryBound(to: sockaddr.self).baseAddress.map {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The head of a request; nil when the other side ends before.
  package func readHead() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard read(descriptor, &byte, 1) == 1 else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Returns: whether the other side still takes it.
  @discardableResult package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult package func write(_ bytes: [UInt8]) -> Bool {
    do { try writeAll(bytes, to: descriptor) } catch { return false }
    return true
  }

  /// Says that nothing more comes, and waits until the other side has said so too: what was sent is not lost to a reset.
  package func finish() {
    shutdown(descriptor, Int32(SHUT_WR))
    var block = [UInt8](repeating: 0, count: 65_536)
    while read(descriptor, &block, block.count) > 0 {}
  }

  /// Carries bytes both ways until one side ends.
  package func splice(with other: SocketConnection) {
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      var events = [descriptor, other.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&events, 2, -1) > 0 else { continue }
      for (event, target) in zip(events, [other, self]) where event.revents != 0 {
        let count = read(event.fd, &block, block.count)
        guard count > 0, target.write(Array(block.prefix(count))) else { return }
      }
    }
  }

  fileprivate static func socket() -> Int32 {
    #if canImport(Glibc)
      systemSocket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      systemSocket(AF_INET, SOCK_STREAM, 0)
    #endif
  }

  fileprivate static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return address
  }
}

private func systemSocket(_ domain: Int32, _ type: Int32, _ kind: Int32) -> Int32 { socket(domain, type, kind) }
