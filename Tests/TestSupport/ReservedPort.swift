import Basics

/// A loopback port where nobody listens and, while this exists, nobody can: it is bound.
package final class ReservedPort {
  package struct Unavailable: Error {}

  package let number: Int
  private let descriptor: Int32

  package init() throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutableBytes(of: &address) { bytes in
      guard let base = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return false }
      return bind(descriptor, base, length) == 0 && getsockname(descriptor, base, &length) == 0
    }
    guard isBound else { throw Unavailable() }
    number = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }
}
