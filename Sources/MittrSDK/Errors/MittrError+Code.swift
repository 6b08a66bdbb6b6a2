extension MittrError {
  /// The words in `MittrError.code` that are the SDK's own. The server's are its own business; its documentation has
  /// `BAD_REQUEST`, `UNAUTHORIZED`, `QUOTA_EXCEEDED`, `NOT_FOUND`, `CONFLICT`, `INVALID_STATE` and `RATE_LIMITED`.
  /// An answer without a code has `HTTP_<status>`.
  public enum Code {
    /// Nobody listens at the address.
    public static let connectionRefused = "CONNECTION_REFUSED"
    /// The host's name could not be resolved.
    public static let dnsFailed = "DNS_FAILED"
    /// No trustworthy TLS connection came about, for a cause that has no code of its own.
    public static let tlsFailed = "TLS_FAILED"
    /// The server's certificate is past its end.
    public static let certificateExpired = "TLS_CERTIFICATE_EXPIRED"
    /// The server's certificate is not valid yet.
    public static let certificateNotYetValid = "TLS_CERTIFICATE_NOT_YET_VALID"
    /// Nobody vouches for the server's certificate but itself.
    public static let certificateSelfSigned = "TLS_SELF_SIGNED"
    /// The server's certificate comes from an authority that is not trusted.
    public static let certificateUnknownAuthority = "TLS_UNKNOWN_AUTHORITY"
    /// The server's certificate is for another host.
    public static let certificateWrongHost = "TLS_WRONG_HOST"
    /// The server speaks no TLS as new as 1.2.
    public static let tlsTooOld = "TLS_TOO_OLD"
    /// An `https` URL leads to a port where no TLS is spoken.
    public static let tlsNotSpoken = "TLS_NOT_SPOKEN"
    /// An `http` URL leads to a port where TLS is spoken.
    public static let tlsExpected = "TLS_EXPECTED"
    /// The proxy cannot be reached, or opens no connection to the server.
    public static let proxyFailed = "PROXY_FAILED"
    /// The proxy wants a user and a password, or other ones.
    public static let proxyAuthentication = "PROXY_AUTHENTICATION_REQUIRED"
    /// The proxy's URL cannot be used.
    public static let invalidProxy = "INVALID_PROXY"
    /// The authorities to trust cannot be read.
    public static let invalidCAFile = "INVALID_CA_FILE"
    /// No answer, or no connection, in time.
    public static let timeout = "TIMEOUT"
    /// The connection ended before the answer was complete.
    public static let connectionLost = "CONNECTION_LOST"
    /// A request that changes something was written, and its answer was lost or does not tell whether it was done.
    public static let outcomeUnknown = "OUTCOME_UNKNOWN"
    /// The answer is not what this call answers with.
    public static let invalidResponse = "INVALID_RESPONSE"
    /// The answer is larger than is accepted.
    public static let responseTooLarge = "RESPONSE_TOO_LARGE"
    /// The call cannot be made as it is; nothing was sent.
    public static let invalidRequest = "INVALID_REQUEST"
    /// The calling task was cancelled.
    public static let cancelled = "CANCELLED"
    /// The transport failed in a way that has no name of its own.
    public static let transportFailed = "TRANSPORT_FAILED"
  }
}

extension MittrError {
  static func invalidRequest(_ message: String) -> MittrError {
    MittrError(code: Code.invalidRequest, message: message)
  }

  static func cancelled() -> MittrError {
    MittrError(code: Code.cancelled, message: "the call was cancelled")
  }

  /// An answer that says all is well, and then is not what was asked for.
  static func invalidResponse(_ message: String, status: Int? = nil) -> MittrError {
    MittrError(code: Code.invalidResponse, message: message, status: status)
  }
}
