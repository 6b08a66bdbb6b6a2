import Basics
import Dispatch
import TestSupport

/// Sends bytes as they are to a port of this machine, and reads what comes back until the other side closes.
enum RawClient {
  /// - Parameter closesOutput: whether it says that nothing more will come.
  static func exchange(_ port: Int, _ text: String, closesOutput: Bool = false) async throws -> String {
    let bytes = try await exchange(port, Array(text.utf8), closesOutput: closesOutput)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func exchange(_ port: Int, _ bytes: [UInt8], closesOutput: Bool = false) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      // Not on a thread that the receiver's own work needs.
      DispatchQueue.global().async {
        continuation.resume(with: Result { try exchangeNow(port, bytes, closesOutput) })
      }
    }
  }

  private static func exchangeNow(_ port: Int, _ bytes: [UInt8], _ closesOutput: Bool) throws -> [UInt8] {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let isConnected = withUnsafeBytes(of: &address) { raw in
      raw.assumingMemoryBound(to: sockaddr.self).baseAddress.map {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      } ?? false
    }
    guard isConnected else { throw TestFailure("cannot connect: \(errno)") }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        send(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start, noSignal)
      }
      // Whoever refuses early may close before all is sent.
      guard count > 0 else { break }
      start += count
    }
    if closesOutput { shutdown(descriptor, Int32(SHUT_WR)) }
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
}

#if canImport(Darwin)
  private let noSignal: Int32 = 0
#else
  private let noSignal: Int32 = 0x4000
#endif
