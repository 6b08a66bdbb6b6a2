public import HTTPTypes

/// Verify, then go on: the part of a receiver that is the same in every framework.
///
///     let handler = WebhookHandler(verifier: WebhookVerifier(secret: "whsec_…"))
///     switch handler.handle(request, body: body) {
///     case .verified: …                                  // `body` is what was signed
///     case .rejected(let answer): …                      // send `answer.response` with `answer.body`
///     }
public struct WebhookHandler: Sendable {
  /// What became of a request.
  public enum Outcome: Sendable {
    /// The signature is right and fresh: go on with the request.
    case verified
    /// The request must not be processed; this is what to answer.
    case rejected(WebhookAnswer)
  }

  private let verifier: WebhookVerifier
  private let onInvalid: @Sendable (HTTPRequest, WebhookVerificationError) -> WebhookAnswer

  /// - Parameters:
  ///   - verifier: the secrets, the tolerance and the clock.
  ///   - onInvalid: makes the answer to a request that failed, from its head and the first check that failed.
  ///     By default 401 and `invalid signature`, which tells a forger nothing.
  public init(
    verifier: WebhookVerifier,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) -> WebhookAnswer = { _, _ in
      .invalidSignature
    }
  ) {
    self.verifier = verifier
    self.onInvalid = onInvalid
  }

  /// A handler for one secret.
  /// - Parameters:
  ///   - secret: the endpoint's secret. An empty one never verifies anything.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - onInvalid: makes the answer to a request that failed; by default 401 and `invalid signature`.
  public init(
    secret: WebhookSecret, toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) -> WebhookAnswer = { _, _ in
      .invalidSignature
    }
  ) {
    self.init(verifier: WebhookVerifier(secret: secret, toleranceSeconds: toleranceSeconds), onInvalid: onInvalid)
  }

  /// Verifies a request.
  /// - Parameters:
  ///   - request: the request's head.
  ///   - body: the exact bytes received, before anything parsed them.
  public func handle(_ request: HTTPRequest, body: some Collection<UInt8>) -> Outcome {
    do {
      try verifier.verify(headers: request.headerFields, body: body)
      return .verified
    } catch {
      return .rejected(onInvalid(request, error))
    }
  }
}
