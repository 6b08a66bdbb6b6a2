/// Why a request got no complete response.
public struct TransportError: Error, Sendable, Hashable {
  /// What went wrong. New kinds may be added.
  public enum Kind: String, Sendable, Hashable {
    /// Nobody listens at the address, or it cannot be reached.
    case connectionRefused
    /// The host's name could not be resolved.
    case dns
    /// No secure connection came about, for a cause that has no kind of its own.
    case tls
    /// The server's certificate is past its end.
    case certificateExpired
    /// The server's certificate is not valid yet.
    case certificateNotYetValid
    /// Nobody vouches for the server's certificate but itself.
    case certificateSelfSigned
    /// The server's certificate comes from an authority that is not trusted.
    case certificateUnknownAuthority
    /// The server's certificate is for another host.
    case certificateWrongHost
    /// The server speaks no TLS as new as 1.2.
    case tlsTooOld
    /// An `https` URL leads to a port where no TLS is spoken.
    case tlsNotSpoken
    /// An `http` URL leads to a port where TLS is spoken.
    case tlsExpected
    /// The proxy cannot be reached, or opens no connection to the server.
    case proxy
    /// The proxy wants a user and a password, or other ones.
    case proxyAuthentication
    /// The proxy's URL cannot be used.
    case invalidProxy
    /// The authorities to trust cannot be read.
    case invalidAuthorities
    /// No connection was there in time.
    case connectTimeout
    /// The response was not complete in time.
    case timeout
    /// The connection ended before the response was complete.
    case connectionLost
    /// What came back is not HTTP.
    case invalidResponse
    /// The body is larger than the transport accepts.
    case responseTooLarge
    case invalidURL
    /// The calling task was cancelled.
    case cancelled
    case other
  }

  public let kind: Kind
  /// Whether the server may have seen the request, and so may have acted on it. When in doubt, true.
  public let mayHaveReachedServer: Bool
  /// What happened, as a clause without a full stop. It may quote the network's own words.
  public let message: String

  public init(_ kind: Kind, mayHaveReachedServer: Bool, message: String) {
    self.kind = kind
    self.mayHaveReachedServer = mayHaveReachedServer
    self.message = message
  }
}

extension TransportError: CustomStringConvertible {
  public var description: String { "\(kind.rawValue): \(message.escapedForDisplay())" }
}
