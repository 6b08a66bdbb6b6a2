public import HTTPTypes

/// Signs deliveries the way the platform does: `v1=` and HMAC-SHA256 of `timestamp + "." + body`, in hexadecimal.
///
/// For tests of a receiver, and for servers that stand in for the platform. The key schedule is done once, so keep the
/// signer when there is more than one delivery to sign.
/// ```swift
/// let signer = WebhookSigner(secret: "whsec_test")
/// signer.signature(timestamp: "1706123456", body: Array("{}".utf8))   // "v1=25c092a7…"
/// let response = try await client.execute(
///   uri: "/webhooks/mittr", method: .post, headers: signer.headerFields(body: body.readableBytesView), body: body)
/// ```
public struct WebhookSigner: Sendable {
  private let key: SignatureKey

  /// - Parameter secret: the endpoint's secret. An empty one signs, but no verifier here accepts what it signed.
  public init(secret: WebhookSecret) { key = SignatureKey(secret) }

  /// The value of the signature header.
  /// - Parameters:
  ///   - timestamp: the exact text of the timestamp header: Unix seconds in decimal.
  ///   - body: the exact bytes of the body.
  /// - Returns: `v1=` and 64 lowercase hexadecimal digits.
  public func signature(timestamp: String, body: some Collection<UInt8>) -> String {
    withBytes(of: body) { key.digits(timestamp: timestamp, body: $0).signature }
  }

  /// The two headers that a signed delivery carries, as pairs of strings.
  /// - Parameters:
  ///   - timestamp: Unix seconds; now by default.
  ///   - body: the exact bytes of the body.
  /// - Returns: name and value of the timestamp's field, then of the signature's.
  public func headers(timestamp: Int = UnixTime.now(), body: some Collection<UInt8>) -> [(String, String)] {
    let text = String(timestamp)
    return [
      (WebhookHeaderName.timestamp, text),
      (WebhookHeaderName.signature, signature(timestamp: text, body: body)),
    ]
  }

  /// The headers that a signed delivery carries, as `HTTPFields`, which HummingbirdTesting takes.
  /// - Parameters:
  ///   - timestamp: Unix seconds; now by default.
  ///   - eventID: the id of the event that is delivered; nil for no `X-Mittr-Event-ID`.
  ///   - body: the exact bytes of the body.
  /// - Returns: the timestamp, the signature, `Content-Type: application/json`, and the event's id if there is one.
  public func headerFields(
    timestamp: Int = UnixTime.now(), eventID: String? = nil, body: some Collection<UInt8>
  ) -> HTTPFields {
    let text = String(timestamp)
    var fields: HTTPFields = [
      .contentType: "application/json",
      .mittrTimestamp: text,
      .mittrSignature: signature(timestamp: text, body: body),
    ]
    fields[.mittrEventID] = eventID
    return fields
  }
}
