extension MittrError {
  /// A request that got no answer.
  init(_ error: TransportError, masking secret: Secret) {
    let safe = TransportError(
      error.kind, mayHaveReachedServer: error.mayHaveReachedServer, message: secret.masked(in: error.message))
    self.init(code: Self.code(for: safe.kind), message: safe.message, transportError: safe)
  }

  /// The same failure for a request that changes something and may have done so: what matters now is that nobody
  /// knows, and the cause moves into the message. A cancellation stays one, and so does the refusal of a repetition; both
  /// say in `isOutcomeUnknown` what they left.
  func withUnknownOutcome() -> MittrError {
    if status == nil, code != Code.cancelled { return withUnknownOutcome(message: "the answer was lost: \(message)") }
    var error = self
    error.isOutcomeUnknown = true
    return error
  }

  /// The same failure as `OUTCOME_UNKNOWN`.
  func withUnknownOutcome(message: String) -> MittrError {
    MittrError(
      code: Code.outcomeUnknown, message: message, status: status, body: body, details: details, requestID: requestID,
      retryAfter: retryAfter, rateLimit: rateLimit, transportError: transportError, isOutcomeUnknown: true)
  }

  private static func code(for kind: TransportError.Kind) -> String {
    switch kind {
    case .connectionRefused: Code.connectionRefused
    case .dns: Code.dnsFailed
    case .tls: Code.tlsFailed
    case .certificateExpired: Code.certificateExpired
    case .certificateNotYetValid: Code.certificateNotYetValid
    case .certificateSelfSigned: Code.certificateSelfSigned
    case .certificateUnknownAuthority: Code.certificateUnknownAuthority
    case .certificateWrongHost: Code.certificateWrongHost
    case .tlsTooOld: Code.tlsTooOld
    case .tlsNotSpoken: Code.tlsNotSpoken
    case .tlsExpected: Code.tlsExpected
    case .proxy: Code.proxyFailed
    case .proxyAuthentication: Code.proxyAuthentication
    case .invalidProxy: Code.invalidProxy
    case .invalidAuthorities: Code.invalidCAFile
    case .connectTimeout, .timeout: Code.timeout
    case .connectionLost: Code.connectionLost
    case .invalidResponse: Code.invalidResponse
    case .responseTooLarge: Code.responseTooLarge
    case .invalidURL: Code.invalidRequest
    case .cancelled: Code.cancelled
    case .other: Code.transportFailed
    }
  }
}
