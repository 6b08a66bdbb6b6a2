package import OutboundHTTP

/// How the server is reached, and who vouches for it: for networks with a proxy, or with an authority of their own.
///
/// ```swift
/// let network = NetworkConfiguration(caFile: "/etc/ssl/company.pem", proxy: "http://proxy.example.com:3128")
/// let mittr = Mittr(apiKey: key, network: network)
/// ```
/// By default there is no proxy, the system's authorities are trusted, and the environment is not read. To go as curl
/// would go, say so: `NetworkConfiguration(environment: ProcessInfo.processInfo.environment)`. What cannot be used is
/// reported by the calls, as `INVALID_PROXY` or `INVALID_CA_FILE`.
public struct NetworkConfiguration: Sendable, Hashable {
  package var settings: NetworkSettings

  /// - Parameters:
  ///   - caFile: a PEM file with the authorities to trust, in place of the system's; nil for those.
  ///   - caFolder: a folder of such files; with `caFile`, both are trusted.
  ///   - proxy: for all requests, as `http://[USER:PASSWORD@]HOST:PORT` or `socks5://HOST:PORT`; nil for none.
  ///   - withoutProxy: hosts that are reached without it, as in `NO_PROXY`: `localhost,.example.com,10.0.0.0/8`.
  public init(caFile: String? = nil, caFolder: String? = nil, proxy: String? = nil, withoutProxy: String = "") {
    settings = NetworkSettings()
    if caFile != nil || caFolder != nil { settings.authorities = .files(file: caFile, folder: caFolder) }
    settings.proxies.all = proxy
    settings.proxies.exclusions = withoutProxy
  }

  /// Reads what curl reads: `SSL_CERT_FILE` and `SSL_CERT_DIR`; `http_proxy` (in lower case only), `https_proxy`,
  /// `all_proxy` and `no_proxy`, or those three in upper case.
  public init(environment: [String: String]) { settings = NetworkSettings(environment: environment) }

  /// The same network with the authorities of another PEM file.
  public func trusting(caFile: String) -> NetworkConfiguration {
    var copy = self
    copy.settings.authorities = .files(file: caFile, folder: nil)
    return copy
  }

  /// The same network without a proxy.
  public func withoutProxies() -> NetworkConfiguration {
    var copy = self
    copy.settings.proxies = ProxySettings()
    return copy
  }
}

/// A proxy's URL may hold a password.
extension NetworkConfiguration: CustomStringConvertible, CustomReflectable {
  public var description: String { "NetworkConfiguration" }

  public var customMirror: Mirror { Mirror(self, children: ["authorities": settings.authorities]) }
}
