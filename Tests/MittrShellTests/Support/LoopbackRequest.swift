import Basics
import TestSupport

/// Sends one request to a port of this machine, and does not wait for what is answered.
enum LoopbackRequest {
  static func post(port: Int, path: String, body: String) throws {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
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
    let request =
      "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Mittr-Signature: v1=0\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let bytes = Array(request.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw TestFailure("cannot send: \(errno)") }
    var answer: UInt8 = 0
    _ = read(descriptor, &answer, 1)
  }
}
