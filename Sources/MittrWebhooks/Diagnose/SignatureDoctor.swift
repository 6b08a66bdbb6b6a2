/// Says why a delivery's signature is refused, in words and as a record.
///
/// It examines one delivery by hand; to guard a server use `WebhookVerifier`, with which it always agrees on whether the
/// delivery is accepted. When the signature does not match, the doctor computes it again as if one or two things had gone
/// wrong on the way, each of which it knows: a cause under which the received signature is right is thereby shown.
///
/// ```swift
/// let doctor = SignatureDoctor(secret: "whsec_…")
/// let diagnosis = doctor.diagnose(headers: headers, body: body)
/// print(diagnosis.reason)     // body-trailing-newline
/// print(diagnosis.report)     // what was received, what was expected, what differs, what to do
/// ```
/// Bodies up to 48 KiB are examined thoroughly, which takes some milliseconds. Of larger ones only what is likely is tried,
/// at the cost of some ten verifications, and of those above 8 MiB only the ends are looked at. The `Content-Length` of the
/// original request is then worth much: it tells which bodies may have been signed.
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
    let fields = headers.fields
    return withBytes(of: body) { diagnose(Delivery(fields, body: $0)) }
  }

  /// Examines one delivery, with headers as NIO, AsyncHTTPClient and Vapor have them. Never throws, and no input traps.
  /// - Parameters:
  ///   - headers: the request's header fields, in any sequence of names and values; names in any case.
  ///   - body: the exact bytes received.
  @_disfavoredOverload
  public func diagnose(
    headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>
  ) -> SignatureDiagnosis {
    diagnose(headers: NamedFields(headers), body: body)
  }

  /// Examines a delivery as a person has it. Where its text leaves open which bytes the body was, those that the signature
  /// is right for are taken, or those that show a cause.
  public func diagnose(_ source: DeliverySource) -> SignatureDiagnosis { examine(source).diagnosis }

  /// Examines a delivery as a person has it.
  /// - Returns: what was found, and the source with the body that it was found for.
  public func examine(_ source: DeliverySource) -> (diagnosis: SignatureDiagnosis, source: DeliverySource) {
    let source = source.resolved(by: verifier)
    let fields = source.headers.map { ($0.name, $0.value) }
    let first = diagnose(headers: fields, body: source.body ?? [])
    guard !first.isShown else { return (first, source) }
    for index in source.bodies.indices.dropFirst().prefix(Self.mostOtherBodies) {
      let other = source.taking(index)
      let diagnosis = diagnose(headers: fields, body: other.body ?? [])
      if diagnosis.isShown { return (diagnosis, other) }
    }
    return (first, source)
  }

  /// So many other bodies are examined when the first shows no cause.
  private static let mostOtherBodies = 2

  private func diagnose(_ delivery: Delivery) -> SignatureDiagnosis {
    // The clock is read once, so that the age told is the age that was judged.
    let run = DiagnosisRun(delivery, verifier: verifier, secrets: secrets, now: verifier.now())
    let finding = run.finding()
    return SignatureDiagnosis(
      causes: finding.causes, proven: finding.proven, explanation: finding.explanation, advice: finding.advice,
      expected: run.expected, received: delivery.headers.signature.single.map(shown),
      timestamp: delivery.headers.timestamp.single.map(shown), age: run.age, likely: finding.likely,
      difference: finding.difference,
      isExhaustive: finding.isExhaustive)
  }

  /// What may be shown of a header: a secret that was given in its place may not.
  private func shown(_ value: String) -> String {
    let text = SecretText.trimmed(Array(value.utf8))
    let bare = SecretText.unquoted(text) ?? text
    let isSecret =
      bare.starts(with: "whsec_".utf8)
      || secrets.contains { [text, bare].contains(SecretText.trimmed(Array($0.text.utf8))) }
    return isSecret ? WebhookSecret(value).description : value
  }
}

extension SignatureDiagnosis {
  /// Whether the reason was shown by computing the signature, so that no other body need be looked at.
  fileprivate var isShown: Bool {
    switch reason {
    case .mismatch, .bodyLength, .bodyEmpty, .secretIsAPIKey: false
    default: proven
    }
  }
}
