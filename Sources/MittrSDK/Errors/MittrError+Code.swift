extension MittrError {
  /// The words in `MittrError.code` that are the SDK's own. The server's are its own business; its documentation has
  /// `BAD_REQUEST`, `UNAUTHORIZED`, `QUOTA_EXCEEDED`, `NOT_FOUND`, `CONFLICT`, `INVALID_STATE` and `RATE_LIMITED`.
  /// An answer without a code has `HTTP_<status>`.
  public enum Code {
    /// Nobody listens at the address.
    public static let connectionRefused = "CONNECTION_REFUSED"
    /// The host's name could not be resolved.
    public static let dnsFailed = "DNS_FAILED"
    /// No trustworthy TLS connection came about.
    public static let tlsFailed = "TLS_FAILED"
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
