package import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
import NIOSSL

extension HTTPClient.Configuration {
  /// A client for one route. It follows no redirect, verifies certificates, speaks TLS 1.2 or newer and HTTP/1.1, and
  /// fails where a server's answer would end the process.
  /// - Parameters:
  ///   - verifiesCertificates: false for a server whose certificate nobody vouches for, because a person said so.
  ///   - addresses: what to connect to in place of asking for a host's address, by the host.
  /// - Throws: `.invalidAuthorities`, for a secure route only.
  package init(
    _ route: Route, authorities: Authorities, connectTimeout: TimeAmount = .seconds(10),
    verifiesCertificates: Bool = true, addresses: [String: String] = [:]
  ) throws(ExchangeFailure) {
    self.init(redirectConfiguration: .disallow, timeout: Timeout(connect: connectTimeout))
    // HTTP/2 has its own ways to send a status; one path is enough to guard.
    httpVersion = .http1Only
    // A refused connection is reported at once; the sender has its own retry policy.
    connectionPool.retryConnectionEstablishment = false
    if route.isSecure {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.minimumTLSVersion = .tlsv12
      if verifiesCertificates {
        tls.trustRoots = try authorities.trustRoots()
      } else {
        tls.certificateVerification = .none
      }
      tlsConfiguration = tls
    }
    dnsOverride = addresses
    var relay: RelayCredentials?
    switch route.kind {
    case .direct: break
    case .tunnel(let proxy): self.proxy = proxy.tunnel
    case .relay(let proxy): relay = RelayCredentials(authorization: proxy.authorization?.headerValue)
    }
    http1_1ConnectionDebugInitializer = { [relay] channel in
      channel.eventLoop.makeCompletedFuture {
        try ResponseGuard.install(in: channel)
        if let relay {
          let encoder = try channel.pipeline.syncOperations.handler(type: HTTPRequestEncoder.self)
          try channel.pipeline.syncOperations.addHandler(
            RelayHandler(authorization: relay.authorization), position: .after(encoder))
        }
      }
    }
  }
}

private struct RelayCredentials: Sendable {
  let authorization: String?
}

extension Proxy {
  var tunnel: HTTPClient.Configuration.Proxy {
    switch kind {
    case .socks5: .socksServer(host: host, port: port)
    case .http: .server(host: host, port: port, authorization: authorization)
    }
  }

  fileprivate var authorization: HTTPClient.Authorization? {
    credentials.map { .basic(username: $0.user, password: $0.password) }
  }
}
