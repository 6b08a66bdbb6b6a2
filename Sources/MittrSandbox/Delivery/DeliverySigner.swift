import MittrWebhooks

/// Signs what is delivered, as the platform does.
struct DeliverySigner: Sendable {
  private let signer: WebhookSigner

  init(secret: String) { signer = WebhookSigner(secret: WebhookSecret(secret)) }

  /// The value of `X-Mittr-Signature`: `v1=` and 64 hexadecimal digits.
  func signature(timestamp: String, body: [UInt8]) -> String {
    signer.signature(timestamp: timestamp, body: body)
  }
}
