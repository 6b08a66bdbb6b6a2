/// Why a request got no usable answer, in our own words: no text of a library is in it.
package struct ExchangeFailure: Error, Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case connectionRefused, dns, connectTimeout, timeout, connectionLost, invalidResponse, responseTooLarge, invalidURL
    case cancelled, other
    /// No secure connection, for a cause that has no name of its own.
    case tls
    case certificateExpired, certificateNotYetValid, certificateSelfSigned, certificateUnknownAuthority
    case certificateWrongHost, tlsTooOld
    /// `https` where no TLS is spoken, and `http` where TLS is.
    case tlsNotSpoken, tlsExpected
    case proxy, proxyAuthentication, invalidProxy, invalidAuthorities, invalidClientCertificate
    /// Whoever was to send the request sends nothing any more.
    case shutDown
  }

  package let kind: Kind
  /// Whether the server may have seen the request. When in doubt, true.
  package let mayHaveReachedServer: Bool
  /// One clause without a full stop that says what to do where something can be done.
  package let message: String

  package init(_ kind: Kind, mayHaveReachedServer: Bool, _ message: String) {
    self.kind = kind
    self.mayHaveReachedServer = mayHaveReachedServer
    self.message = message
  }
}

extension ExchangeFailure {
  package static let shutDown = ExchangeFailure(.shutDown, mayHaveReachedServer: false, "the transport was shut down")
}
