import MittrWebhooks
import WebhookReceiver

extension Receiver {
  /// Runs a receiver for the length of a test.
  static func with(
    secret: WebhookSecret? = nil, now: Double = 1_706_123_456, log: DeliveryLog = DeliveryLog(),
    _ change: (inout ReceiverConfiguration) -> Void = { _ in },
    _ body: (Receiver, DeliveryLog) async throws -> Void
  ) async throws {
    var configuration = ReceiverConfiguration(now: { now })
    if let secret {
      configuration.diagnose = { request in
        let doctor = SignatureDoctor(secret: secret, now: { Int(request.receivedAt) })
        return .verified(
          doctor.diagnose(headers: request.headers.map { ($0.name, $0.value) }, body: request.body))
      }
    }
    change(&configuration)
    let receiver = try await Receiver.start(configuration, keepingIn: log)
    do {
      try await body(receiver, log)
    } catch {
      await receiver.stop()
      throw error
    }
    await receiver.stop()
  }
}

/// A request that closes its connection.
func post(
  _ body: String, to target: String = "/hook", host: String = "localhost", headers: [String] = []
) -> String {
  let lines = ["POST \(target) HTTP/1.1", "Host: \(host)", "Connection: close", "Content-Length: \(body.utf8.count)"]
  return (lines + headers).map { $0 + "\r\n" }.joined() + "\r\n" + body
}

func signed(
  _ body: String, secret: WebhookSecret = "whsec_test", host: String = "localhost", headers: [String] = []
) -> String {
  let own = WebhookSigner(secret: secret).headers(timestamp: 1_706_123_456, body: Array(body.utf8))
  return post(body, host: host, headers: own.map { "\($0.0): \($0.1)" } + headers)
}

extension String {
  var statusLine: String { String(prefix { $0 != "\r\n" && $0 != "\r" }) }
}
