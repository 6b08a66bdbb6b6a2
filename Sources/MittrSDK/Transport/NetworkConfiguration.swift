package import OutboundHTTP

/// How the server is reached, and who vouches for it: for networks with a proxy, or with an authority of their own.
///
/// ```swift
/// let network = NetworkConfiguration(caFile: "/etc/ssl/company.pem", proxy: "http://proxy.example.com:3128")
/// let mittr = Mittr(apiKey: key, network: network)
/// ```
/// By default there is no proxy, the system's authorities are trusted, and the environment is not read. To go as curl
/// would go, say so: `NetworkConfiguration(environment: ProcessInfo.processInfo.environment)`. What cannot be used is
/// reported by the calls, as `INVALID_PROXY`, `INVALID_CA_FILE` or `INVALID_CLIENT_CERTIFICATE`.
/// That certificates are verified cannot be switched off.
public struct NetworkConfiguration: Sendable, Hashable {
  package var settings: NetworkSettings

  /// - Parameters:
  ///   - caFile: a PEM file with the authorities to trust, in place of the system's; nil for those.
  ///   - caFolder: a folder of such files; with `caFile`, both are trusted.
  ///   - clientCertificate: what servers that ask for it are shown; nil for nothing.
  ///   - proxy: for all requests, as `http://[USER:PASSWORD@]HOST:PORT` or `socks5://HOST:PORT`; nil for none.
  ///   - withoutProxy: hosts that are reached without it, as in `NO_PROXY`: `localhost,.example.com,10.0.0.0/8`.
  public init(
    caFile: String? = nil, caFolder: String? = nil, clientCertificate: ClientCertificate? = nil, proxy: String? = nil,
    withoutProxy: String = ""
  ) {
    settings = NetworkSettings()
    settings.identity = clientCertificate.map {
      ClientIdentity(certificateFile: $0.certificateFile, keyFile: $0.keyFile)
    }
    if caFile != nil || caFolder != nil { settings.authorities = .files(file: caFile, folder: caFolder) }
    settings.proxies.all = proxy
    settings.proxies.exclusions = withoutProxy
  }

  /// Reads what curl reads: `SSL_CERT_FILE` and `SSL_CERT_DIR`; `http_proxy`, `https_proxy`, `all_proxy` and
  /// `no_proxy`, in lower or upper case. `HTTP_PROXY` is not read in a CGI program, where a client's `Proxy` header sets it.
  public init(environment: [String: String]) { settings = NetworkSettings(environment: environment) }

  /// The same network with the authorities of another PEM file.
  public func trusting(caFile: String) -> NetworkConfiguration {
    var copy = self
    copy.settings.authorities = .files(file: caFile, folder: nil)
    return copy
  }

  /// The same network with a certificate for servers that ask who calls.
  public func showing(_ certificate: ClientCertificate) -> NetworkConfiguration {
    var copy = self
    copy.settings.identity = ClientIdentity(
      certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
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
