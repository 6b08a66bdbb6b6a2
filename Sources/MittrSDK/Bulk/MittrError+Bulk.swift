extension MittrError {
  /// Whether the server only asks to come later.
  package var isPacing: Bool { status == 429 || status == 503 && retryAfter != nil }

  /// Whether the request certainly did not reach the server, and may reach it later.
  package var isUnreached: Bool {
    guard let transportError, !transportError.mayHaveReachedServer else { return false }
    return switch transportError.kind {
    case .connectionRefused, .dns, .connectTimeout, .timeout, .connectionLost, .proxy, .other: true
    default: false
    }
  }

  /// Whether every other item would fail in the same way, so that going on makes no sense.
  package var isShared: Bool {
    if isRedirect { return true }
    return switch transportError?.kind {
    case .connectionRefused, .dns, .tls, .certificateExpired, .certificateNotYetValid, .certificateSelfSigned,
      .certificateUnknownAuthority, .certificateWrongHost, .tlsTooOld, .tlsNotSpoken, .tlsExpected, .proxy,
      .proxyAuthentication, .invalidProxy, .invalidAuthorities, .invalidClientCertificate, .shutDown:
      true
    default: code == Code.invalidRequest || status == 401 || status == 402
    }
  }

  /// The same failure of a request that may have been done by an earlier attempt.
  func leavingOutcomeOpen() -> MittrError {
    var error = isOutcomeUnknown ? self : withUnknownOutcome()
    error.idempotencyKey = idempotencyKey
    return error
  }
}
