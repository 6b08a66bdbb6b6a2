import AsyncHTTPClient
package import NIOCore
import NIOSSL

/// Finds out why a connection is not what was asked for, by one more connection: the library says that a certificate
/// failed, and not why.
///
/// A probe does not verify the certificate, which it only reads. It sends no request: the connection is given up as soon
/// as TLS stands.
package enum TLSProbe {
  /// How long a probe may take at most.
  package static let longest = TimeAmount.seconds(3)

  /// A more exact failure where a probe finds one, the same failure otherwise.
  package static func refined(
    _ failure: ExchangeFailure, of error: any Error, from origin: Origin, by route: Route,
    within timeout: TimeAmount = longest
  ) async -> ExchangeFailure {
    if failure.kind == .certificateUnknownAuthority {
      guard let facts = await facts(origin, route, timeout), let certificate = facts.certificate else { return failure }
      return certificate.failure(origin) ?? failure
    }
    // A TLS server that is spoken to without TLS hangs up, and says nothing.
    guard mayBeTLS(origin, error, route), await facts(origin, route, timeout) != nil else { return failure }
    return .tlsExpected(origin)
  }

  /// Whether a failure is what a TLS server does to a request without TLS.
  private static func mayBeTLS(_ origin: Origin, _ error: any Error, _ route: Route) -> Bool {
    if case .relay = route.kind { return false }
    return !origin.isSecure && error as? ResponseViolation == .endedWithoutAByte
  }

  /// nil when no TLS is spoken there.
  private static func facts(_ origin: Origin, _ route: Route, _ timeout: TimeAmount) async -> HandshakeCompleted? {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: timeout))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.proxy = route.proxy.map(\.tunnel)
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .none
    configuration.tlsConfiguration = tls
    configuration.http1_1ConnectionDebugInitializer = { channel in
      let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate()
      // Only then: the pool must see the failure before the end.
      channel.eventLoop.execute { channel.close(promise: nil) }
      return channel.eventLoop.makeFailedFuture(
        HandshakeCompleted(certificate: certificate.flatMap { CertificateFacts($0) }))
    }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    var facts: HandshakeCompleted?
    do {
      let request = HTTPClientRequest(url: "https://\(origin.authority)")
      _ = try await client.execute(request, timeout: timeout)
    } catch {
      facts = error as? HandshakeCompleted
    }
    try? await client.shutdown()
    return facts
  }

  /// What ends the probe when TLS stands.
  private struct HandshakeCompleted: Error {
    let certificate: CertificateFacts?
  }
}
