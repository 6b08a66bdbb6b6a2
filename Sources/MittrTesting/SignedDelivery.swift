public import HTTPTypes
public import MittrWebhooks
public import OrderedJSON

/// A delivery as the platform sends it, for tests of a receiver.
/// ```swift
/// let delivery = SignedDelivery(["orderId": "ord_123", "amount": 9900], secret: "whsec_test")
/// try await application.test(.router) { client in
///   let response = try await client.execute(
///     uri: "/webhooks/mittr", method: .post, headers: delivery.headers, body: ByteBuffer(bytes: delivery.body))
///   #expect(response.status == .ok)
/// }
/// ```
public struct SignedDelivery: Sendable, Hashable {
  /// `Content-Type: application/json`, the event's id, the timestamp and the signature.
  public var headers: HTTPFields
  /// The bytes that were signed.
  public var body: [UInt8]

  /// Signs an event's payload.
  /// - Parameters:
  ///   - payload: the event's payload. Written without spaces, its keys in this order, it is the body.
  ///   - secret: the endpoint's secret.
  ///   - eventID: the event's id; `evt_test` by default.
  ///   - timestamp: when it is signed, in Unix seconds; now by default. `UnixTime.now() - 301` is too old for a receiver
  ///     with the usual tolerance.
  public init(
    _ payload: JSONValue, secret: WebhookSecret, eventID: String = "evt_test", timestamp: Int = UnixTime.now()
  ) {
    self.init(body: Array(payload.description.utf8), secret: secret, eventID: eventID, timestamp: timestamp)
  }

  /// Signs any bytes.
  /// - Parameters:
  ///   - body: the body.
  ///   - secret: the endpoint's secret.
  ///   - eventID: the event's id; `evt_test` by default.
  ///   - timestamp: when it is signed, in Unix seconds; now by default.
  public init(
    body: some Collection<UInt8>, secret: WebhookSecret, eventID: String = "evt_test", timestamp: Int = UnixTime.now()
  ) {
    headers = WebhookSigner(secret: secret).headerFields(timestamp: timestamp, eventID: eventID, body: body)
    self.body = Array(body)
  }

  /// The same delivery with something added to its body, so that its signature is not the body's: no receiver may take it.
  public func tampered() -> SignedDelivery {
    var delivery = self
    delivery.body.append(UInt8(ascii: " "))
    return delivery
  }
}
