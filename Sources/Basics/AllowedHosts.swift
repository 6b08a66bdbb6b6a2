/// The names under which a server of this machine may be spoken to.
///
/// A web page can have its own name lead to this machine (DNS rebinding) and then speak to its servers as if they were
/// its own. It cannot change what the browser sends as `Host` and `Origin`, so that a foreign one gives it away.
package struct AllowedHosts: Sendable {
  private let names: Set<String>

  /// - Parameter names: hosts besides this machine's own names, without a port. What is no host allows nothing.
  package init(_ names: [String] = []) {
    self.names = Set(names.compactMap { URLAuthority($0)?.host })
  }

  /// Whether a request may come in.
  /// - Parameters:
  ///   - hosts: the values of `Host`. None at all is allowed: no browser leaves it out.
  ///   - origins: the values of `Origin`, such as `http://localhost:3000`. The opaque origin `null` is foreign.
  ///   - address: the address that the request's connection came to, which may be named, too.
  package func allow(hosts: [String], origins: [String], address: String? = nil) -> Bool {
    hosts.allSatisfy { allows($0, address: address) }
      && origins.allSatisfy { origin in
        ["http://", "https://"].contains { scheme in
          origin.lowercased().hasPrefix(scheme) && allows(String(origin.dropFirst(scheme.count)), address: address)
        }
      }
  }

  private func allows(_ text: String, address: String?) -> Bool {
    guard let authority = URLAuthority(text) else { return false }
    return authority.isLoopback || authority.host == address || names.contains(authority.host)
  }
}
