extension MittrError {
  /// A request that got no answer.
  init(_ error: TransportError, masking secret: Secret) {
    let safe = TransportError(
      error.kind, mayHaveReachedServer: error.mayHaveReachedServer, message: secret.masked(in: error.message))
    self.init(code: Self.code(for: safe.kind), message: safe.message, transportError: safe)
  }

  /// The same failure for a request that changes something and may have done so: what matters now is that nobody
  /// knows, and the cause moves into the message. A cancellation stays one, and says in `isOutcomeUnknown` what it left.
  func withUnknownOutcome() -> MittrError {
    guard !isCancelled else {
      var error = self
      error.isOutcomeUnknown = true
      return error
    }
    if status == nil { return withUnknownOutcome(message: "the answer was lost: \(message)") }
    return withUnknownOutcome(
      message: "an attempt may have been served before the last one failed (\(code)): \(message)")
  }

  /// The same failure as `OUTCOME_UNKNOWN`.
  func withUnknownOutcome(message: String) -> MittrError {
    MittrError(
      code: .outcomeUnknown, message: message, status: status, body: body, details: details, requestID: requestID,
      retryAfter: retryAfter, rateLimit: rateLimit, transportError: transportError, idempotencyKey: idempotencyKey,
      isOutcomeUnknown: true)
  }

  private static func code(for kind: TransportError.Kind) -> Code { codes[kind] ?? .transportFailed }

  private static let codes: [TransportError.Kind: Code] = [
    .connectionRefused: .connectionRefused, .dns: .dnsFailed, .tls: .tlsFailed,
    .certificateExpired: .certificateExpired, .certificateNotYetValid: .certificateNotYetValid,
    .certificateSelfSigned: .certificateSelfSigned, .certificateUnknownAuthority: .certificateUnknownAuthority,
    .certificateWrongHost: .certificateWrongHost, .tlsTooOld: .tlsTooOld, .tlsNotSpoken: .tlsNotSpoken,
    .tlsExpected: .tlsExpected, .proxy: .proxyFailed, .proxyAuthentication: .proxyAuthentication,
    .invalidProxy: .invalidProxy, .invalidAuthorities: .invalidCAFile,
    .invalidClientCertificate: .invalidClientCertificate, .shutDown: .shutDown, .connectTimeout: .timeout,
    .timeout: .timeout,
    .connectionLost: .connectionLost, .invalidResponse: .invalidResponse, .responseTooLarge: .responseTooLarge,
    .invalidURL: .invalidRequest, .cancelled: .cancelled,
  ]
}
