/// Whether a delivery carries the right signature and a fresh timestamp.
///
/// It never throws and never traps, whatever it is given. `WebhookVerifier` says why a delivery is refused, accepts
/// several secrets, and is faster where there are many deliveries.
///
///     guard verifyWebhook(secret: secret, headers: request.headerFields, body: body) else { return .unauthorized }
///
/// - Parameters:
///   - secret: the endpoint's secret. An empty one never verifies anything.
///   - headers: the request's header fields; names in any case.
///   - body: the exact bytes received, before anything parsed them.
///   - toleranceSeconds: how far the timestamp may lie from now, in seconds and in either direction; 300 by default.
///   - now: the time to go by, in Unix seconds; the system's clock by default.
public func verifyWebhook(
  secret: WebhookSecret, headers: some WebhookHeaders, body: some Collection<UInt8>,
  toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds, now: Int = UnixTime.now()
) -> Bool {
  let verifier = WebhookVerifier(secret: secret, toleranceSeconds: toleranceSeconds, now: { now })
  do {
    try verifier.verify(headers: headers, body: body)
    return true
  } catch {
    return false
  }
}
