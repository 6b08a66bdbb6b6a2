import Interpreter
import MittrSDK
import MittrWebhooks

/// The secrets of the account's endpoints, as `verify` and `listen` look for the one that fits.
struct EndpointSecrets {
  static let endpoint = Parameter.option("endpoint", .text, "use the secret of the endpoint with this id")
  static let anyEndpoint = Parameter.flag("any-endpoint", "find the endpoint whose secret fits, among all")

  /// With their endpoints' ids, in the order of the list.
  let all: [(id: String, secret: WebhookSecret)]
  /// Whether a person said which endpoint it is, so that its secret is taken whether it fits or not.
  let isNamed: Bool

  /// No more endpoints are looked at.
  static let most = 10_000
  /// Of so many, when none fits as it stands, the doctor looks for a cause.
  private static let mostExamined = 8

  /// The one whose secret the delivery's signature is right for, be it fresh or not; or the one that a person named.
  /// - Parameter most: so many are looked at.
  func fitting(_ source: DeliverySource, most: Int = .max) -> (id: String, secret: WebhookSecret)? {
    isNamed ? all.first : all.prefix(most).first { source.isAuthentic(under: $0.secret) }
  }

  /// The one under whose secret a cause is shown, with what was found.
  func explaining(
    _ diagnose: (WebhookSecret) -> SignatureDiagnosis
  ) -> (found: (id: String, secret: WebhookSecret)?, diagnosis: SignatureDiagnosis)? {
    var first: SignatureDiagnosis?
    for endpoint in all.prefix(Self.mostExamined) {
      let diagnosis = diagnose(endpoint.secret)
      if diagnosis.isExplained { return (endpoint, diagnosis) }
      first = first ?? diagnosis
    }
    return first.map { (nil, $0) }
  }
}

extension Call {
  /// Refuses secrets from two places.
  func checkSecretsHaveOneSource() throws(Interruption) {
    let secrets: [any AnyParameter] = [WebhookSecrets.secret, WebhookSecrets.secretFile]
    if isGiven(EndpointSecrets.anyEndpoint) {
      try refuse([EndpointSecrets.endpoint] + secrets, beside: "--any-endpoint")
    }
    if isGiven(EndpointSecrets.endpoint) { try refuse(secrets, beside: "--endpoint") }
  }

  /// The secret of the endpoint that `--endpoint` names, or those of all for `--any-endpoint`; nil when neither is given.
  func endpointSecrets() async throws(Interruption) -> EndpointSecrets? {
    if let id = try await value(EndpointSecrets.endpoint) {
      let found = try await request { client throws(MittrError) in try await client.endpointRecords.get(id) }
      guard let secret = found["secret"]?.stringValue, !secret.isEmpty else {
        throw .failure(Self.noEndpointSecret(id))
      }
      return EndpointSecrets(all: [(id, WebhookSecret(secret))], isNamed: true)
    }
    guard try await value(EndpointSecrets.anyEndpoint) else { return nil }
    let client = try await client()
    var all: [(String, WebhookSecret)] = []
    do throws(MittrError) {
      var endpoints = client.endpointRecords.iterate(ListParameters(), maximum: EndpointSecrets.most)
        .makeAsyncIterator()
      while let endpoint = try await endpoints.next() {
        guard let id = endpoint["id"]?.stringValue else { continue }
        var secret = endpoint["secret"]?.stringValue
        if secret == nil { secret = try await client.endpointRecords.get(id)["secret"]?.stringValue }
        if let secret, !secret.isEmpty { all.append((id, WebhookSecret(secret))) }
      }
    } catch {
      throw Interruption(error)
    }
    guard !all.isEmpty else {
      throw .failure(
        Failure(
          "missing-secret", "no endpoint with a secret was found", at: span(of: EndpointSecrets.anyEndpoint),
          help: "give it with --secret or --secret-file"))
    }
    return EndpointSecrets(all: all, isNamed: false)
  }

  private static func noEndpointSecret(_ id: String) -> Failure {
    Failure(
      "missing-secret", "the server does not show the secret of \(id)", help: "give it with --secret or --secret-file")
  }
}

extension DeliverySource {
  /// Whether the signature is right under a secret, be it fresh or not.
  func isAuthentic(under secret: WebhookSecret) -> Bool {
    let verifier = WebhookVerifier(secret: secret)
    let source = resolved(by: verifier)
    do throws(WebhookVerificationError) {
      try verifier.verify(headers: source.headers.map { ($0.name, $0.value) }, body: source.body ?? [])
      return true
    } catch {
      return error.reason == .staleTimestamp || error.reason == .futureTimestamp
    }
  }
}

extension SignatureDiagnosis {
  /// Whether the signature is right, be it fresh or not.
  var isAuthentic: Bool { [.ok, .staleTimestamp, .futureTimestamp].contains(reason) }

  /// Whether it says what is wrong rather than that nothing fits.
  fileprivate var isExplained: Bool { isAuthentic || proven && ![.mismatch, .bodyLength].contains(reason) }
}
