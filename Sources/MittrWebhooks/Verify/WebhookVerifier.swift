/// Verifies the signatures of deliveries, and says by a typed error which check failed first.
///
/// The key schedule is done once for each secret, so make one verifier and keep it: a verification then costs one pass
/// over the body for each secret tried. It may be used from many tasks at once.
///
/// ```swift
/// let verifier = WebhookVerifier(secret: "whsec_…")
/// try verifier.verify(headers: request.headers, body: body)
/// ```
/// While a secret is being rotated, the previous one goes on being accepted:
/// ```swift
/// let verifier = WebhookVerifier(secret: "whsec_new", previousSecrets: ["whsec_old"])
/// ```
/// Pass the raw body, exactly as it was received: a body that was parsed and written again has another signature.
public struct WebhookVerifier: Sendable {
  /// The tolerance when none is given: 300 seconds, in either direction.
  public static let defaultToleranceSeconds = 300

  let keys: [SignatureKey]
  let toleranceSeconds: Int
  let now: @Sendable () -> Int

  /// - Parameters:
  ///   - secret: the endpoint's secret. An empty one never verifies anything.
  ///   - previousSecrets: secrets that are still accepted while the secret is being rotated.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction. None is fresh
  ///     when this is negative.
  ///   - now: the time to go by, in Unix seconds; the system's clock by default.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    now: @escaping @Sendable () -> Int = UnixTime.now
  ) {
    keys = ([secret] + previousSecrets).filter { !$0.isEmpty }.map(SignatureKey.init)
    self.toleranceSeconds = toleranceSeconds
    self.now = now
  }

  /// Returns when the signature is right and fresh.
  /// - Parameters:
  ///   - headers: the request's header fields; names in any case.
  ///   - body: the exact bytes received.
  /// - Throws: the first check that failed. Nothing else is thrown, and no input traps.
  @inlinable
  public func verify(
    headers: some WebhookHeaders, body: some Collection<UInt8>
  ) throws(WebhookVerificationError) {
    if let failure = withBytes(of: body, { firstFailure(headers, body: $0) }) { throw failure }
  }

  /// Returns when the signature is right and fresh.
  /// - Parameters:
  ///   - headers: the request's header fields as NIO, AsyncHTTPClient and Vapor have them, or any other sequence of names
  ///     and values; names in any case.
  ///   - body: the exact bytes received; of a `ByteBuffer` its `readableBytesView`.
  /// - Throws: the first check that failed. Nothing else is thrown, and no input traps.
  @_disfavoredOverload
  public func verify(
    headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>
  ) throws(WebhookVerificationError) {
    try verify(headers: NamedFields(headers), body: body)
  }

  @usableFromInline
  func firstFailure(_ headers: some WebhookHeaders, body: UnsafeRawBufferPointer) -> WebhookVerificationError? {
    firstFailure(SignatureHeaders(headers), body: body, at: now())
  }

  /// The first check that failed, or nil when all hold.
  func firstFailure(
    _ headers: SignatureHeaders, body: UnsafeRawBufferPointer, at now: Int
  ) -> WebhookVerificationError? {
    if case .absent = headers.signature { return .missingSignature }
    if case .absent = headers.timestamp { return .missingTimestamp }
    guard case .single(let text) = headers.timestamp, let timestamp = SignatureTimestamp(text) else {
      return .malformedTimestamp
    }
    guard case .single(let signature) = headers.signature else { return .malformedSignature }
    let isRight = keys.contains { key in
      key.digits(timestamp: text, body: body).isEqualInConstantTime(to: signature)
    }
    guard isRight else { return SignatureDigits.isSignature(signature) ? .mismatch : .malformedSignature }
    return staleness(of: timestamp, at: now)
  }

  private func staleness(of timestamp: SignatureTimestamp, at now: Int) -> WebhookVerificationError? {
    let age = timestamp.age(at: now)
    // The largest magnitude is one above the largest integer; nobody will miss that second.
    let distance = Int(clamping: age.magnitude)
    guard distance > toleranceSeconds else { return nil }
    return age < 0 ? .futureTimestamp(ahead: distance) : .staleTimestamp(age: distance)
  }
}
