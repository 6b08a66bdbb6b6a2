extension MittrError {
  /// The cause of a failure, as a stable word: the server's `code`, or one of the SDK's own.
  ///
  /// The server may have words that are not listed here; they are kept as they came, and compare with literals:
  /// ```swift
  /// switch error.code {
  /// case .rateLimited: await wait(error.retryAfter)
  /// case .outcomeUnknown: await sendAgain(error.idempotencyKey)
  /// case "FEATURE_LOCKED": upgrade()
  /// default: log(error)
  /// }
  /// ```
  public struct Code: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The word, such as `RATE_LIMITED`.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    /// The word itself.
    public var description: String { rawValue }

    /// What an answer without a code has: `HTTP_502` and the like.
    public static func http(_ status: Int) -> Code { Code(rawValue: "HTTP_\(status)") }
  }
}

/// The server's.
extension MittrError.Code {
  /// 400: the request's body or parameters are invalid; `problems` may name the fields.
  public static let badRequest: Self = "BAD_REQUEST"
  /// 401: the API key is missing or wrong.
  public static let unauthorized: Self = "UNAUTHORIZED"
  /// 402: the month's quota is used up.
  public static let quotaExceeded: Self = "QUOTA_EXCEEDED"
  /// 404: there is no such event or endpoint.
  public static let notFound: Self = "NOT_FOUND"
  /// 409: the idempotency key was used for another event, or the change fits no state.
  public static let conflict: Self = "CONFLICT"
  /// 409: not allowed in the state that the event or endpoint is in.
  public static let invalidState: Self = "INVALID_STATE"
  /// 429: too many requests; `retryAfter` says how long to wait.
  public static let rateLimited: Self = "RATE_LIMITED"
}

/// The SDK's own.
extension MittrError.Code {
  /// Nobody listens at the address.
  public static let connectionRefused: Self = "CONNECTION_REFUSED"
  /// The host's name could not be resolved.
  public static let dnsFailed: Self = "DNS_FAILED"
  /// No trustworthy TLS connection came about, for a cause that has no code of its own.
  public static let tlsFailed: Self = "TLS_FAILED"
  /// The server's certificate is past its end.
  public static let certificateExpired: Self = "TLS_CERTIFICATE_EXPIRED"
  /// The server's certificate is not valid yet.
  public static let certificateNotYetValid: Self = "TLS_CERTIFICATE_NOT_YET_VALID"
  /// Nobody vouches for the server's certificate but itself.
  public static let certificateSelfSigned: Self = "TLS_SELF_SIGNED"
  /// The server's certificate comes from an authority that is not trusted.
  public static let certificateUnknownAuthority: Self = "TLS_UNKNOWN_AUTHORITY"
  /// The server's certificate is for another host.
  public static let certificateWrongHost: Self = "TLS_WRONG_HOST"
  /// The server speaks no TLS as new as 1.2.
  public static let tlsTooOld: Self = "TLS_TOO_OLD"
  /// An `https` URL leads to a port where no TLS is spoken.
  public static let tlsNotSpoken: Self = "TLS_NOT_SPOKEN"
  /// An `http` URL leads to a port where TLS is spoken.
  public static let tlsExpected: Self = "TLS_EXPECTED"
  /// The proxy cannot be reached, or opens no connection to the server.
  public static let proxyFailed: Self = "PROXY_FAILED"
  /// The proxy wants a user and a password, or other ones.
  public static let proxyAuthentication: Self = "PROXY_AUTHENTICATION_REQUIRED"
  /// The proxy's URL cannot be used.
  public static let invalidProxy: Self = "INVALID_PROXY"
  /// The authorities to trust cannot be read.
  public static let invalidCAFile: Self = "INVALID_CA_FILE"
  /// The client's certificate or its key cannot be read.
  public static let invalidClientCertificate: Self = "INVALID_CLIENT_CERTIFICATE"
  /// The transport, or the HTTP client that it was given, was shut down.
  public static let shutDown: Self = "SHUT_DOWN"
  /// No answer, or no connection, in time.
  public static let timeout: Self = "TIMEOUT"
  /// The connection ended before the answer was complete.
  public static let connectionLost: Self = "CONNECTION_LOST"
  /// A request that changes something was written, and nobody knows whether it was done: its answer was lost or does not
  /// tell, or a repetition of it was refused. An event may be sent again under the error's `idempotencyKey`; after anything
  /// else look first.
  public static let outcomeUnknown: Self = "OUTCOME_UNKNOWN"
  /// The answer is not what this call answers with.
  public static let invalidResponse: Self = "INVALID_RESPONSE"
  /// The answer is larger than is accepted.
  public static let responseTooLarge: Self = "RESPONSE_TOO_LARGE"
  /// The call cannot be made as it is; nothing was sent.
  public static let invalidRequest: Self = "INVALID_REQUEST"
  /// A value cannot be made a payload, so that nothing was sent; or a payload is not what was to be read from it.
  public static let invalidPayload: Self = "INVALID_PAYLOAD"
  /// The calling task was cancelled.
  public static let cancelled: Self = "CANCELLED"
  /// The transport failed in a way that has no name of its own.
  public static let transportFailed: Self = "TRANSPORT_FAILED"
}

extension MittrError {
  static func invalidRequest(_ message: String) -> MittrError {
    MittrError(code: .invalidRequest, message: message)
  }

  static func cancelled() -> MittrError {
    MittrError(code: .cancelled, message: "the call was cancelled")
  }

  /// An answer that says all is well, and then is not what was asked for.
  static func invalidResponse(_ message: String, status: Int? = nil) -> MittrError {
    MittrError(code: .invalidResponse, message: message, status: status)
  }
}
