/// Whether a delivery carries the right signature and a fresh timestamp.
///
/// It never throws and never traps, whatever it is given. `WebhookVerifier` says why a delivery is refused, accepts
/// several secrets, and is faster where there are many deliveries.
///
/// ```swift
/// guard verifyWebhook(secret: secret, headers: request.headers, body: body) else { return .unauthorized }
/// ```
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

/// Whether a delivery carries the right signature and a fresh timestamp, with headers as NIO, AsyncHTTPClient and Vapor
/// have them.
///
/// It never throws and never traps, whatever it is given.
///
/// - Parameters:
///   - secret: the endpoint's secret. An empty one never verifies anything.
///   - headers: the request's header fields, in any sequence of names and values; names in any case.
///   - body: the exact bytes received, before anything parsed them; of a `ByteBuffer` its `readableBytesView`.
///   - toleranceSeconds: how far the timestamp may lie from now, in seconds and in either direction; 300 by default.
///   - now: the time to go by, in Unix seconds; the system's clock by default.
@_disfavoredOverload
public func verifyWebhook(
  secret: WebhookSecret, headers: some Sequence<(name: String, value: String)>, body: some Collection<UInt8>,
  toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds, now: Int = UnixTime.now()
) -> Bool {
  verifyWebhook(
    secret: secret, headers: NamedFields(headers), body: body, toleranceSeconds: toleranceSeconds, now: now)
}
