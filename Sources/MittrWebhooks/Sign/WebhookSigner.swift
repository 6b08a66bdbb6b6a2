/// Signs deliveries the way the platform does: `v1=` and HMAC-SHA256 of `timestamp + "." + body`, in hexadecimal.
///
/// For tests of a receiver, and for servers that stand in for the platform. The key schedule is done once, so keep the
/// signer when there is more than one delivery to sign.
///
///     let signer = WebhookSigner(secret: "whsec_test")
///     signer.signature(timestamp: "1706123456", body: Array("{}".utf8))   // "v1=25c092a7…"
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

  /// The two headers that a signed delivery carries.
  /// - Parameters:
  ///   - timestamp: Unix seconds.
  ///   - body: the exact bytes of the body.
  /// - Returns: name and value of the timestamp's field, then of the signature's.
  public func headers(timestamp: Int, body: some Collection<UInt8>) -> [(String, String)] {
    let text = String(timestamp)
    return [
      (WebhookHeaderName.timestamp, text),
      (WebhookHeaderName.signature, signature(timestamp: text, body: body)),
    ]
  }
}
