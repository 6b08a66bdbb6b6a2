/// Why a request got no complete response.
public struct TransportError: Error, Sendable, Hashable {
  /// What went wrong. New kinds may be added.
  public enum Kind: String, Sendable, Hashable {
    /// Nobody listens at the address, or it cannot be reached.
    case connectionRefused
    /// The host's name could not be resolved.
    case dns
    /// No secure connection came about: an untrusted or expired certificate, another host's, or no TLS at all.
    case tls
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
