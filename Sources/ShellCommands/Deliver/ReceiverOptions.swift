import Basics
import Interpreter
import MittrWebhooks
import OrderedJSON
import OutboundHTTP
import WebhookReceiver

/// The flags of the commands that post to receivers.
enum ReceiverOptions {
  static let headers = Parameter.repeatedOption(
    "header", header, "a header to send, in place of any other of its name: 'Name: value'")
  static let insecure = Parameter.flag("insecure", "take any certificate, a self-signed one too")
  static let allowRemote = Parameter.flag("allow-remote", "post to other machines than this one, too")

  static let all: [any AnyParameter] = [
    WebhookSecrets.secret, WebhookSecrets.secretFile, headers, insecure, allowRemote,
  ]

  private static let header = ParameterKind<DeliveryHeader>(.text) { value throws(ConversionError) in
    guard case .string(let text, _) = value, let header = DeliveryHeader(text) else {
      throw .expected("a header such as 'X-Test: 1', none that concerns the connection", got: value)
    }
    return header
  }

  static func configuration(_ call: Call, timeout: Duration) async throws(Interruption) -> ReceiverClient.Configuration
  {
    var configuration = ReceiverClient.Configuration(uptime: call.session.clock.uptime)
    configuration.timeout = timeout
    configuration.verifiesCertificates = try await !call.value(insecure)
    configuration.allowsRemote = try await call.value(allowRemote)
    configuration.connections = try await call.value(BulkOptions.concurrency)
    configuration.network = NetworkSettings(environment: call.session.environment)
    return configuration
  }
}

/// A header that a person gives, as `Name: value`.
struct DeliveryHeader: Sendable {
  let name: String
  let value: String

  /// - Returns: nil for what cannot be sent as a header, and for one that concerns the connection.
  init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte),
      value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }),
      !HopByHopHeaders.contain(String(name))
    else { return nil }
    (self.name, self.value) = (String(name), String(value))
  }
}
