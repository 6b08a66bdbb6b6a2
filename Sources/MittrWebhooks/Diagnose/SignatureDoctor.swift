/// Says why a delivery's signature is refused, in words and as a record.
///
/// It examines one delivery by hand; to guard a server use `WebhookVerifier`, with which it always agrees on whether the
/// delivery is accepted.
///
///     let doctor = SignatureDoctor(secret: "whsec_…")
///     print(doctor.diagnose(headers: headers, body: body).detail)
public struct SignatureDoctor: Sendable {
  private let verifier: WebhookVerifier

  /// - Parameters:
  ///   - secret: the endpoint's secret, under which the expected signature is computed.
  ///   - previousSecrets: other secrets that are accepted.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - now: the time to go by, in Unix seconds; the system's clock by default.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    now: @escaping @Sendable () -> Int = UnixTime.now
  ) {
    verifier = WebhookVerifier(
      secret: secret, previousSecrets: previousSecrets, toleranceSeconds: toleranceSeconds, now: now)
  }

  /// Examines one delivery. Never throws, and no input traps.
  /// - Parameters:
  ///   - headers: the request's header fields; names in any case.
  ///   - body: the exact bytes received.
  public func diagnose(headers: some WebhookHeaders, body: some Collection<UInt8>) -> SignatureDiagnosis {
    var names: [String] = []
    headers.forEachField { name, _ in names.append(name) }
    let picked = SignatureHeaders(headers)
    return withBytes(of: body) { diagnose(picked, headerNames: names, body: $0) }
  }

  private func diagnose(
    _ headers: SignatureHeaders, headerNames: [String], body: UnsafeRawBufferPointer
  ) -> SignatureDiagnosis {
    // The clock is read once, so that the age told is the age that was judged.
    let now = verifier.now()
    let timestamp = headers.timestamp.single
    let delivery = Delivery(
      headerNames: headerNames, headers: headers, body: body, toleranceSeconds: verifier.toleranceSeconds,
      hasSecret: !verifier.keys.isEmpty, age: timestamp.flatMap(SignatureTimestamp.init)?.age(at: now))
    let finding =
      if let failure = verifier.firstFailure(headers, body: body, at: now) {
        SignatureFinding(failure, in: delivery)
      } else {
        SignatureFinding(reason: .ok, proven: true, detail: "The signature is right and the timestamp is fresh.")
      }
    let expected = timestamp.flatMap { verifier.keys.first?.digits(timestamp: $0, body: body).signature }
    return SignatureDiagnosis(
      reason: finding.reason, proven: finding.proven, detail: finding.detail, expected: expected,
      timestamp: timestamp, age: delivery.age)
  }
}
