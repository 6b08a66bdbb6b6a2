import Basics
import Dispatch
import Synchronization
import TestSupport

/// A server on a loopback port that answers with whatever bytes a test tells it to, HTTP or not. It has a thread of its own,
/// so that a test which blocks does not stop it. It ends when it is let go of.
final class RawServer: Sendable {
  enum Reply: Sendable {
    /// Nothing, for ever.
    case silence
    case bytes(String)
    /// The bytes, and then the connection ends.
    case bytesAndClose(String)
    /// What the request, without its body, is answered with. It is called on the server's thread.
    case answer(@Sendable (_ request: String) -> Reply)

    /// A whole response.
    static func response(_ status: String, _ body: String, headers: [String] = []) -> Reply {
      let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
      return .bytes(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
  }

  let port: UInt16
  private let log: Log
  private let stop: Pipe

  var url: String { "http://127.0.0.1:\(port)" }

  /// The requests so far, without bodies.
  var requests: [String] { log.requests.withLock { $0 } }

  init(_ reply: Reply) throws(TestFailure) {
    let (listener, port) = try Self.listen()
    let (log, stop) = (Log(), try Pipe())
    (self.port, self.log, self.stop) = (port, log, stop)
    DispatchQueue(label: "server").async { Self.serve(listener, reply, log, until: stop) }
  }

  deinit { stop.closeWriteEnd() }

  /// Blocks until one more request has come.
  func waitForRequest() throws(TestFailure) {
    guard log.arrived.wait(timeout: .now() + 30) == .success else { throw TestFailure("no request came") }
  }

  /// Blocks until a connection was ended by the other side.
  func waitForHangUp() throws(TestFailure) {
    guard log.ended.wait(timeout: .now() + 30) == .success else { throw TestFailure("no connection ended") }
  }

  private final class Log: Sendable {
    let requests = Mutex<[String]>([])
    let arrived = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
  }

  private static func listen() throws(TestFailure) -> (descriptor: Int32, port: UInt16) {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = Int32(SOCK_STREAM)
    #endif
    let listener = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && systemListen(listener) == 0 && getsockname(listener, address, &size) == 0
      }
    }
    guard isBound else {
      close(listener)
      throw TestFailure("no server: \(String(cString: strerror(errno)))")
    }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private static func serve(_ listener: Int32, _ reply: Reply, _ log: Log, until stop: Pipe) {
    var received: [Int32: [UInt8]] = [:]
    defer { for descriptor in [listener] + received.keys { close(descriptor) } }
    while true {
      var events = ([stop.readEnd, listener] + received.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&events, nfds_t(events.count), -1) > 0 else { continue }
      guard events[0].revents == 0 else { return }
      if events[1].revents != 0, case let connection = accept(listener, nil, nil), connection >= 0 {
        received[connection] = []
      }
      for event in events.dropFirst(2) where event.revents != 0 {
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = read(event.fd, &block, block.count)
        if count > 0 { received[event.fd, default: []] += block.prefix(count) }
        if count <= 0 {
          log.ended.signal()
        } else if !answer(&received[event.fd, default: []], on: event.fd, reply, log) {
          continue
        }
        received[event.fd] = nil
        close(event.fd)
      }
    }
  }

  /// Answers a request once its head is there; those of these tests have no bodies.
  /// - Returns: whether the connection is to be ended.
  private static func answer(_ received: inout [UInt8], on connection: Int32, _ reply: Reply, _ log: Log) -> Bool {
    let text = String(decoding: received, as: UTF8.self)
    guard text.hasSuffix("\r\n\r\n") else { return false }
    received = []
    log.requests.withLock { $0.append(text) }
    log.arrived.signal()
    switch reply {
    case .silence: return false
    case .bytes(let text): return !send(text, on: connection)
    case .bytesAndClose(let text): return send(text, on: connection) || true
    case .answer(let answer):
      switch answer(text) {
      case .silence, .answer: return false
      case .bytes(let text): return !send(text, on: connection)
      case .bytesAndClose(let text): return send(text, on: connection) || true
      }
    }
  }

  private static func send(_ text: String, on connection: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return write(connection, bytes, bytes.count) == bytes.count
  }
}

private func systemListen(_ descriptor: Int32) -> Int32 { listen(descriptor, 64) }
