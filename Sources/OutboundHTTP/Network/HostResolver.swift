import NIOCore
import NIOPosix

/// Finds the address that a host's name leads to.
package struct HostResolver: Sendable {
  /// The address of a host, in its usual notation; nil for a name that nobody knows.
  package let address: @Sendable (_ host: String) async -> String?

  package init(_ address: @escaping @Sendable (_ host: String) async -> String?) { self.address = address }

  /// Asks the system, on a thread that may wait. It reads what C programs take for an address as well, such as
  /// `2130706433` and `0x7f.1`.
  package static let system = HostResolver { host in
    try? await NIOThreadPool.singleton.runIfActive {
      try SocketAddress.makeAddressResolvingHost(host, port: 0).ipAddress
    }
  }
}
