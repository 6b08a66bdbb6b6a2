import Basics

/// Why a request got no complete response.
public struct TransportError: Error, Sendable, Hashable {
  /// What went wrong. Transports may have kinds that are not listed here, and more may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }

    /// Nobody listens at the address, or it cannot be reached.
    public static let connectionRefused: Kind = "connectionRefused"
    /// The host's name could not be resolved.
    public static let dns: Kind = "dns"
    /// No secure connection came about, for a cause that has no kind of its own.
    public static let tls: Kind = "tls"
    /// The server's certificate is past its end.
    public static let certificateExpired: Kind = "certificateExpired"
    /// The server's certificate is not valid yet.
    public static let certificateNotYetValid: Kind = "certificateNotYetValid"
    /// Nobody vouches for the server's certificate but itself.
    public static let certificateSelfSigned: Kind = "certificateSelfSigned"
    /// The server's certificate comes from an authority that is not trusted.
    public static let certificateUnknownAuthority: Kind = "certificateUnknownAuthority"
    /// The server's certificate is for another host.
    public static let certificateWrongHost: Kind = "certificateWrongHost"
    /// The server speaks no TLS as new as 1.2.
    public static let tlsTooOld: Kind = "tlsTooOld"
    /// An `https` URL leads to a port where no TLS is spoken.
    public static let tlsNotSpoken: Kind = "tlsNotSpoken"
    /// An `http` URL leads to a port where TLS is spoken.
    public static let tlsExpected: Kind = "tlsExpected"
    /// The proxy cannot be reached, or opens no connection to the server.
    public static let proxy: Kind = "proxy"
    /// The proxy wants a user and a password, or other ones.
    public static let proxyAuthentication: Kind = "proxyAuthentication"
    /// The proxy's URL cannot be used.
    public static let invalidProxy: Kind = "invalidProxy"
    /// The authorities to trust cannot be read.
    public static let invalidAuthorities: Kind = "invalidAuthorities"
    /// The client's certificate or its key cannot be read.
    public static let invalidClientCertificate: Kind = "invalidClientCertificate"
    /// The transport, or the HTTP client that it was given, was shut down.
    public static let shutDown: Kind = "shutDown"
    /// No connection was there in time.
    public static let connectTimeout: Kind = "connectTimeout"
    /// The response was not complete in time.
    public static let timeout: Kind = "timeout"
    /// The connection ended before the response was complete.
    public static let connectionLost: Kind = "connectionLost"
    /// What came back is not HTTP.
    public static let invalidResponse: Kind = "invalidResponse"
    /// The body is larger than the transport accepts.
    public static let responseTooLarge: Kind = "responseTooLarge"
    /// The URL cannot be used.
    public static let invalidURL: Kind = "invalidURL"
    /// The calling task was cancelled.
    public static let cancelled: Kind = "cancelled"
    /// Anything else.
    public static let other: Kind = "other"
  }

  /// What went wrong.
  public let kind: Kind
  /// Whether the server may have seen the request, and so may have acted on it. When in doubt, true.
  public let mayHaveReachedServer: Bool
  /// What happened, as a clause without a full stop. It may quote the network's own words.
  public let message: String

  /// - Parameters:
  ///   - kind: what went wrong.
  ///   - mayHaveReachedServer: whether the server may have seen the request; true when in doubt.
  ///   - message: what happened, as a clause without a full stop.
  public init(_ kind: Kind, mayHaveReachedServer: Bool, message: String) {
    self.kind = kind
    self.mayHaveReachedServer = mayHaveReachedServer
    self.message = message
  }
}

extension TransportError: CustomStringConvertible {
  public var description: String { "\(kind.rawValue): \(SafeText.escaped(message, limit: 1000))" }
}
