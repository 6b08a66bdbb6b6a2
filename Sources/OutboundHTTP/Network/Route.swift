/// The way to a server.
package struct Route: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case direct
    /// A proxy opens a connection to the server, which then is as good as a direct one.
    case tunnel(Proxy)
    /// A proxy is told the whole URL and passes the request on.
    case relay(Proxy)
  }

  let isSecure: Bool
  let kind: Kind

  var proxy: Proxy? {
    switch kind {
    case .direct: nil
    case .tunnel(let proxy), .relay(let proxy): proxy
    }
  }

  /// What a 407 means on this way; nil where the server itself must have sent it.
  package var credentialsRefused: ExchangeFailure? {
    if case .relay = kind { .proxyAuthentication(self) } else { nil }
  }

  /// To the server itself.
  package static func direct(to origin: Origin) -> Route { Route(isSecure: origin.isSecure, kind: .direct) }

  /// As curl goes: `https` through a tunnel, plain `http` passed on by the proxy.
  /// - Throws: `.invalidProxy`, or why the server cannot be verified at the end of the way.
  package init(to origin: Origin, _ settings: ProxySettings) throws(ExchangeFailure) {
    isSecure = origin.isSecure
    guard let proxy = try settings.proxy(to: origin) else {
      kind = .direct
      return
    }
    kind = origin.isSecure || proxy.kind == .socks5 ? .tunnel(proxy) : .relay(proxy)
    // The certificate of a server without a name is held against the address that the connection leads to.
    if origin.isSecure, let address = IPAddress(origin.host) {
      let isThere = IPAddress(proxy.host) == address || proxy.host == "localhost" && address.isLoopback
      guard isThere else {
        throw ExchangeFailure(
          .certificateWrongHost, mayHaveReachedServer: false,
          "the certificate of \(origin.text) cannot be verified through a proxy: write the server's name, not its address"
        )
      }
    }
  }

  private init(isSecure: Bool, kind: Kind) {
    self.isSecure = isSecure
    self.kind = kind
  }

  /// What the library is to connect to for a URL, and which host it is to ask for there; nil for the URL's own.
  package func target(of url: String) -> (url: String, host: String?) {
    guard case .relay(let proxy) = kind, let origin = Origin(url) else { return (url, nil) }
    let rest = url.dropFirst("http://".count).drop { !"/?#".contains($0) }
    return ("http://\(proxy.address)\(rest.hasPrefix("/") ? "" : "/")\(rest)", origin.text)
  }
}
