public import HTTPTypes

/// Verify, then go on: the part of a receiver that is the same in every framework.
/// ```swift
/// let handler = WebhookHandler(secret: "whsec_…")
/// switch await handler.handle(headers, body: body) {
/// case .verified: break                               // go on: `body` is what was signed
/// case .rejected(let answer): return answer           // send `answer.response` with `answer.body`
/// }
/// ```
/// Its users are servers that have neither a middleware of ours nor one that they would write: with Hummingbird, take
/// `WebhookVerificationMiddleware`; where only the signature is to be checked, `WebhookVerifier`.
public struct WebhookHandler: Sendable {
  /// What became of a request.
  public enum Outcome: Sendable, Hashable {
    /// The signature is right and fresh: go on with the request.
    case verified
    /// The request must not be processed; this is what to answer.
    case rejected(WebhookAnswer)
  }

  /// Makes the answer to a request that failed.
  private enum Refusal: Sendable {
    case immediate(@Sendable (HTTPRequest, WebhookVerificationError) -> WebhookAnswer)
    case awaited(@Sendable (HTTPRequest, WebhookVerificationError) async -> WebhookAnswer)
  }

  private let verifier: WebhookVerifier
  private let refusal: Refusal

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
    refusal = .immediate(onInvalid)
  }

  /// A handler whose answers to requests that failed are waited for, such as to write a log first.
  /// - Parameters:
  ///   - verifier: the secrets, the tolerance and the clock.
  ///   - onInvalid: makes the answer to a request that failed, from its head and the first check that failed.
  public init(
    verifier: WebhookVerifier,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) async -> WebhookAnswer
  ) {
    self.verifier = verifier
    refusal = .awaited(onInvalid)
  }

  /// A handler for one secret, and for those before it.
  /// - Parameters:
  ///   - secret: the endpoint's secret. An empty one never verifies anything.
  ///   - previousSecrets: secrets that are still accepted while the secret is being rotated; none by default.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - onInvalid: makes the answer to a request that failed; by default 401 and `invalid signature`.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) -> WebhookAnswer = { _, _ in
      .invalidSignature
    }
  ) {
    self.init(
      verifier: WebhookVerifier(secret: secret, previousSecrets: previousSecrets, toleranceSeconds: toleranceSeconds),
      onInvalid: onInvalid)
  }

  /// A handler for one secret, and for those before it, whose answers to requests that failed are waited for.
  /// - Parameters:
  ///   - secret: the endpoint's secret. An empty one never verifies anything.
  ///   - previousSecrets: secrets that are still accepted while the secret is being rotated; none by default.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - onInvalid: makes the answer to a request that failed, from its head and the first check that failed.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) async -> WebhookAnswer
  ) {
    self.init(
      verifier: WebhookVerifier(secret: secret, previousSecrets: previousSecrets, toleranceSeconds: toleranceSeconds),
      onInvalid: onInvalid)
  }

  /// Verifies a request. Never throws, and no input traps.
  /// - Parameters:
  ///   - request: the request's head.
  ///   - body: the exact bytes received, before anything parsed them.
  public func handle(_ request: HTTPRequest, body: some Collection<UInt8>) async -> Outcome {
    await handle(request.headerFields, body: body) { request }
  }

  /// Verifies a request of which only the headers are at hand. Never throws, and no input traps.
  /// - Parameters:
  ///   - headers: the request's header fields; names in any case. `onInvalid` gets a POST request with these and no path.
  ///   - body: the exact bytes received, before anything parsed them.
  public func handle(_ headers: some WebhookHeaders, body: some Collection<UInt8>) async -> Outcome {
    await handle(headers, body: body) { HTTPRequest(headers: headers) }
  }

  /// Verifies a request by its headers as NIO and Vapor have them. Never throws, and no input traps.
  /// - Parameters:
  ///   - headers: the request's header fields, in any sequence of names and values; names in any case. `onInvalid` gets a
  ///     POST request with these and no path.
  ///   - body: the exact bytes received; of a `ByteBuffer` its `readableBytesView`.
  @_disfavoredOverload
  public func handle(
    _ headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>
  ) async -> Outcome {
    await handle(NamedFields(headers), body: body)
  }

  private func handle(
    _ headers: some WebhookHeaders, body: some Collection<UInt8>, request: () -> HTTPRequest
  ) async -> Outcome {
    do {
      try verifier.verify(headers: headers, body: body)
      return .verified
    } catch {
      switch refusal {
      case .immediate(let answer): return .rejected(answer(request(), error))
      case .awaited(let answer): return .rejected(await answer(request(), error))
      }
    }
  }
}

/// For code that cannot wait, such as a NIO channel handler. Code that can gets the `handle` that waits.
extension WebhookHandler {
  /// Verifies a request at once. Never throws, and no input traps.
  ///
  /// Nobody waits here for an `onInvalid` that is asynchronous: it is not called, and the answer is the usual 401.
  /// - Parameters:
  ///   - request: the request's head.
  ///   - body: the exact bytes received, before anything parsed them.
  @available(*, noasync, message: "there is a handle that waits for onInvalid")
  public func handle(_ request: HTTPRequest, body: some Collection<UInt8>) -> Outcome {
    handleAtOnce(request.headerFields, body: body) { request }
  }

  /// Verifies at once a request of which only the headers are at hand. Never throws, and no input traps.
  ///
  /// Nobody waits here for an `onInvalid` that is asynchronous: it is not called, and the answer is the usual 401.
  /// - Parameters:
  ///   - headers: the request's header fields; names in any case. `onInvalid` gets a POST request with these and no path.
  ///   - body: the exact bytes received, before anything parsed them.
  @available(*, noasync, message: "there is a handle that waits for onInvalid")
  public func handle(_ headers: some WebhookHeaders, body: some Collection<UInt8>) -> Outcome {
    handleAtOnce(headers, body: body) { HTTPRequest(headers: headers) }
  }

  /// Verifies at once a request by its headers as NIO and Vapor have them. Never throws, and no input traps.
  ///
  /// Nobody waits here for an `onInvalid` that is asynchronous: it is not called, and the answer is the usual 401.
  /// - Parameters:
  ///   - headers: the request's header fields, in any sequence of names and values; names in any case. `onInvalid` gets a
  ///     POST request with these and no path.
  ///   - body: the exact bytes received; of a `ByteBuffer` its `readableBytesView`.
  @available(*, noasync, message: "there is a handle that waits for onInvalid")
  @_disfavoredOverload
  public func handle(
    _ headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>
  ) -> Outcome {
    handleAtOnce(NamedFields(headers), body: body) { HTTPRequest(headers: NamedFields(headers)) }
  }

  private func handleAtOnce(
    _ headers: some WebhookHeaders, body: some Collection<UInt8>, request: () -> HTTPRequest
  ) -> Outcome {
    do {
      try verifier.verify(headers: headers, body: body)
      return .verified
    } catch {
      switch refusal {
      case .immediate(let answer): return .rejected(answer(request(), error))
      case .awaited: return .rejected(.invalidSignature)
      }
    }
  }
}

extension HTTPRequest {
  /// A POST request with these headers, as far as they may stand in one, and no path.
  fileprivate init(headers: some WebhookHeaders) {
    self.init(method: .post, scheme: nil, authority: nil, path: nil)
    for (name, value) in headers.fields {
      if let name = HTTPField.Name(name) { headerFields.append(HTTPField(name: name, value: value)) }
    }
  }
}
