import Interpreter
import MittrSDK
import MittrWebhooks

/// Finds the secret that a delivery is signed with: the one given, or else the event's own endpoint's, or else what `listen`
/// verified it with, or else the one of `MITTR_WEBHOOK_SECRET`. Each endpoint is asked for once.
final class SigningSecrets {
  private let call: Call
  private let given: WebhookSecret?
  private var endpoints: [String: WebhookSecret?] = [:]

  init(_ call: Call) async throws(Interruption) {
    self.call = call
    let secrets = try await call.givenSecrets()
    given = (secrets?.withoutLineBreak ?? secrets?.exact)?.first.map { WebhookSecret($0) }
  }

  /// - Throws: a failure when there is none.
  func secret(endpoint: String?, received path: String? = nil) async throws(Interruption) -> WebhookSecret {
    if let given { return given }
    if let endpoint, let secret = try await secret(ofEndpoint: endpoint) { return secret }
    let received = path.flatMap { call.session[ReceiverKey.self]?.secrets(path: $0) } ?? []
    guard let secret = call.secrets(nil, orElse: received).first else {
      throw .failure(endpoint.map(Self.endpointGone) ?? Call.noSecret)
    }
    return secret
  }

  private func secret(ofEndpoint id: String) async throws(Interruption) -> WebhookSecret? {
    if let known = endpoints[id] { return known }
    let client = try await call.client()
    var secret: WebhookSecret?
    do throws(MittrError) {
      secret = try await client.endpointRecords.get(id)["secret"]?.stringValue.flatMap {
        $0.isEmpty ? nil : WebhookSecret($0)
      }
    } catch {
      // An endpoint that is gone since has no secret any more.
      guard error.status == 404 else { throw Interruption(error) }
    }
    endpoints[id] = .some(secret)
    return secret
  }

  /// For this event alone: others have endpoints of their own.
  private static func endpointGone(_ id: String) -> Failure {
    Failure(
      "NOT_FOUND", "the event's endpoint \(id) is gone, and its secret with it: give one with --secret or --secret-file"
    )
  }
}
