/// Says why a delivery's signature is refused, in words and as a record.
///
/// It examines one delivery by hand; to guard a server use `WebhookVerifier`, with which it always agrees on whether the
/// delivery is accepted. When the signature does not match, the doctor computes it again as if one or two things had gone
/// wrong on the way, each of which it knows: a cause under which the received signature is right is thereby shown.
///
///     let doctor = SignatureDoctor(secret: "whsec_…")
///     let diagnosis = doctor.diagnose(headers: headers, body: body)
///     print(diagnosis.reason)     // body-trailing-newline
///     print(diagnosis.report)     // what was received, what was expected, what differs, what to do
///
/// Bodies up to 48 KiB are examined thoroughly, which takes some milliseconds and at most 30. Of larger ones only what is
/// likely is tried, at the cost of about 50 verifications, and of those above 8 MiB only the ends are looked at. The
/// `Content-Length` of the original request is then worth much: it tells which bodies may have been signed.
///
/// When nothing is shown, `likely` lists what the bytes look like, such as `numbers-rounded` or `object-as-text`.
public struct SignatureDoctor: Sendable {
  private let verifier: WebhookVerifier
  private let secrets: [WebhookSecret]

  /// - Parameters:
  ///   - secret: the endpoint's secret, under which the expected signature is computed.
  ///   - previousSecrets: other secrets that are accepted. A delivery that is right under one of them is valid, and its
  ///     reason is `secret-previous`.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - now: the time to go by, in Unix seconds; the system's clock by default.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds,
    now: @escaping @Sendable () -> Int = UnixTime.now
  ) {
    verifier = WebhookVerifier(
      secret: secret, previousSecrets: previousSecrets, toleranceSeconds: toleranceSeconds, now: now)
    secrets = ([secret] + previousSecrets).filter { !$0.isEmpty }
  }

  /// Examines one delivery. Never throws, and no input traps.
  ///
  /// Cancelling the task that it runs in ends the search for the cause; the diagnosis then says so.
  /// - Parameters:
  ///   - headers: the request's header fields; names in any case. `Content-Length` and the headers with the event's id
  ///     help to find the cause when they are among them.
  ///   - body: the exact bytes received.
  public func diagnose(headers: some WebhookHeaders, body: some Collection<UInt8>) -> SignatureDiagnosis {
    var fields: [(name: String, value: String)] = []
    headers.forEachField { fields.append(($0, $1)) }
    return withBytes(of: body) { diagnose(Delivery(fields, body: $0)) }
  }

  private func diagnose(_ delivery: Delivery) -> SignatureDiagnosis {
    // The clock is read once, so that the age told is the age that was judged.
    let run = DiagnosisRun(delivery, verifier: verifier, secrets: secrets, now: verifier.now())
    let finding = run.finding()
    return SignatureDiagnosis(
      causes: finding.causes, proven: finding.proven, explanation: finding.explanation, advice: finding.advice,
      expected: run.expected, received: delivery.headers.signature.single,
      timestamp: delivery.headers.timestamp.single, age: run.age, likely: finding.likely,
      difference: finding.difference,
      isExhaustive: finding.isExhaustive)
  }
}
