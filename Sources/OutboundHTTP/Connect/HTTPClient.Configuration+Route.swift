package import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL

extension HTTPClient.Configuration {
  /// A client for one route. It follows no redirect, verifies certificates, speaks TLS 1.2 or newer and HTTP/1.1, and
  /// fails where a server's answer would end the process. It makes no spans: they would have no parent, since its work is
  /// done on event loops.
  /// - Parameters:
  ///   - identity: what a server that asks for it is shown.
  ///   - configure: changes what may be changed: not what was just said, but for the HTTP version.
  ///   - verifiesCertificates: false for a server whose certificate nobody vouches for, because a person said so.
  ///   - addresses: what to connect to in place of asking for a host's address, by the host.
  /// - Throws: `.invalidAuthorities` and `.invalidClientCertificate`, for a secure route only.
  package init(
    _ route: Route, authorities: Authorities, identity: ClientIdentity? = nil,
    connectTimeout: TimeAmount = .seconds(10), verifiesCertificates: Bool = true, addresses: [String: String] = [:],
    configure: (inout HTTPClient.Configuration) -> Void = { _ in }
  ) throws(ExchangeFailure) {
    self.init(redirectConfiguration: .disallow, timeout: Timeout(connect: connectTimeout))
    httpVersion = .http1Only
    // A refused connection is reported at once; the sender has its own retry policy.
    connectionPool.retryConnectionEstablishment = false
    if route.isSecure {
      var tls = TLSConfiguration.makeClientConfiguration()
      if verifiesCertificates { tls.trustRoots = try authorities.trustRoots() }
      if let identity {
        let (chain, key) = try identity.loaded()
        (tls.certificateChain, tls.privateKey) = (chain, key)
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
    configure(&self)
    redirectConfiguration = .disallow
    tracing.tracer = nil
    if route.isSecure { secure(verifiesCertificates: verifiesCertificates) }
    guardAnswers(relay: relay)
  }

  /// Nothing weakens these.
  private mutating func secure(verifiesCertificates: Bool) {
    var tls = tlsConfiguration ?? .makeClientConfiguration()
    if tls.minimumTLSVersion != .tlsv13 { tls.minimumTLSVersion = .tlsv12 }
    tls.certificateVerification = verifiesCertificates ? .fullVerification : .none
    tlsConfiguration = tls
  }

  private mutating func guardAnswers(relay: RelayCredentials?) {
    let first = http1_1ConnectionDebugInitializer ?? { $0.eventLoop.makeSucceededVoidFuture() }
    http1_1ConnectionDebugInitializer = { channel in
      first(channel).flatMapThrowing {
        try ResponseGuard.install(in: channel)
        if let relay {
          let encoder = try channel.pipeline.syncOperations.handler(type: HTTPRequestEncoder.self)
          try channel.pipeline.syncOperations.addHandler(
            RelayHandler(authorization: relay.authorization), position: .after(encoder))
        }
      }
    }
    let firstOfStream = http2StreamChannelDebugInitializer ?? { $0.eventLoop.makeSucceededVoidFuture() }
    http2StreamChannelDebugInitializer = { channel in
      firstOfStream(channel).flatMapThrowing { try ResponseGuard.install(inStream: channel) }
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
