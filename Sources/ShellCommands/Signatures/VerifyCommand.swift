import Interpreter
import MittrWebhooks
import OrderedJSON

enum VerifyCommand {
  private static let now = Parameter.option("now", .integer, "judge as at this time, in Unix seconds")
  private static let tolerance = Parameter.option(
    "tolerance", .integer(in: 0...Int.max), default: WebhookVerifier.defaultToleranceSeconds,
    "how far the timestamp may be from now, in seconds", defaultText: "300")

  static let command = Command(
    "verify", topic: .signatures, "says whether a delivery's signature holds, and if not, why",
    discussion: """
      It answers {valid, reason, proven, detail, expected, timestamp, age, received, causes, likely, differs, readAs}. likely
      lists what the bytes look like when nothing is proven. A signature that is right but old has the reason
      stale-timestamp, never mismatch. The body is taken byte for byte. A diagnosis is a result like any other, whatever it
      says: a script that is to fail does assert (verify … | get .valid).

      A delivery comes as --request, as --headers (or --signature and --timestamp) with --body, or from the pipe: a record
      with headers and body, as deliveries yields them ($deliveries[-1] | verify tells all of the newest). Such a one is
      judged as at the time it was received, by the secrets of listen unless others are given. On a terminal what is
      missing is asked for; the secret is not shown.

      --request takes whatever holds one delivery: a raw request (quoted, indented or in a fence), a curl command, a HAR
      entry, exports of ngrok, webhook.site and Postman, an event of a cloud function, and --headers what Node, Python, PHP,
      Go, Ruby and browsers print. readAs says what it was taken for.
      """,
    input: .optional, result: .asInput, itemKind: .verification,
    parameters: VerifyInput.all + [
      WebhookSecrets.secret, WebhookSecrets.secretFile, EndpointSecrets.endpoint, EndpointSecrets.anyEndpoint, now,
      tolerance,
    ],
    searchWords: ["validate", "signature", "hmac", "debug", "doctor", "mismatch"],
    examples: [
      .init(
        "verify --signature v1=25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b --timestamp 1706123456 --body '{}' --secret whsec_test --now 1706123456",
        "a delivery that holds"),
      .init(
        "verify --signature v1=00 --timestamp 1706123456 --body '{}' --secret whsec_test | get .reason",
        "only the reason"),
      .init("deliveries | verify --secret whsec_test | where not .valid", "those that listen received"),
    ]
  ) { call throws(Interruption) in
    try call.checkSecretsHaveOneSource()
    guard let input = call.input else {
      let source = try await VerifyInput.source(call)
      return try await Examiner(call).examine(source).output
    }
    try call.refuse(VerifyInput.all, beside: "the pipe")
    // Once for all items: standard input can be read only once, and endpoints need not be listed again.
    let examiner = try await Examiner(call)
    if call.isInputSingle, let item = try await input.next() {
      return try await examiner.examine(try VerifyInput.source(of: item), port: item["port"]?.intValue).output
    }
    return try await call.eachItem(kind: .verification) { item throws(Interruption) in
      .object(try await examiner.examine(try VerifyInput.source(of: item), port: item["port"]?.intValue).record)
    }
  }

  /// What was found of one delivery, and what it was read as.
  private struct Examined {
    let diagnosis: SignatureDiagnosis
    let format: String
    /// The endpoint whose secret it is.
    var endpoint: String?

    var record: JSONObject {
      var record = diagnosis.json
      record["readAs"] = .string(format)
      if let endpoint { record["endpoint"] = .string(endpoint) }
      return record
    }

    var output: Output {
      var report = diagnosis.report.record
      report["read as"] = .string(format)
      if let endpoint { report["endpoint"] = .string(endpoint) }
      let color: SemanticColor = diagnosis.valid ? .good : diagnosis.isAuthentic ? .waiting : .bad
      let colors = report["verdict"]?.stringValue.map { ["verdict": [$0: color]] } ?? [:]
      return .value(.object(record), kind: .verification.reported(as: report, colors: colors))
    }
  }

  /// Judges deliveries by the secrets that the call names.
  private struct Examiner {
    private let call: Call
    private let given: WebhookSecrets?
    private let endpoints: EndpointSecrets?

    init(_ call: Call) async throws(Interruption) {
      self.call = call
      given = try await call.givenSecrets()
      endpoints = try await call.endpointSecrets()
    }

    /// - Parameter port: that listen received it on, if it did.
    func examine(_ source: DeliverySource, port: Int? = nil) async throws(Interruption) -> Examined {
      let receivedAt = source.receivedAt.flatMap { TimeReference.seconds(iso8601: $0) }
      let now = try await call.value(VerifyCommand.now) ?? Int(clamping: receivedAt ?? call.session.now())
      let tolerance = try await call.value(VerifyCommand.tolerance)
      func doctor(_ secrets: [WebhookSecret]) -> SignatureDoctor {
        SignatureDoctor(
          secret: secrets.first ?? WebhookSecret(""), previousSecrets: Array(secrets.dropFirst()),
          toleranceSeconds: tolerance, now: { now })
      }
      /// Says what was done to read the delivery, once it is known which of the bodies it is.
      func diagnosis(_ secrets: [WebhookSecret]) -> SignatureDiagnosis {
        let (diagnosis, resolved) = doctor(secrets).examine(source)
        for note in resolved.notes { call.warn(Failure.Code(rawValue: note.code), note.text) }
        return diagnosis
      }
      if let endpoints {
        if let (id, secret) = endpoints.fitting(source) {
          return Examined(diagnosis: diagnosis([secret]), format: source.format, endpoint: id)
        }
        let found = endpoints.explaining { doctor([$0]).diagnose(source) }
        return Examined(
          diagnosis: diagnosis([found?.found?.secret ?? endpoints.all.first?.secret].compactMap(\.self)),
          format: source.format, endpoint: found?.found?.id)
      }
      let secrets = try await secrets(for: source, port: port, isReceived: receivedAt != nil)
      guard let bare = given?.withoutLineBreak, !doctor(secrets).diagnose(source).isAuthentic else {
        return Examined(diagnosis: diagnosis(secrets), format: source.format)
      }
      // Almost every editor ends a file with a line break.
      let other = diagnosis(bare.map { WebhookSecret($0) })
      if other.isAuthentic {
        call.warn("secret-whitespace", "the secret's file ends with a line break, which is no part of the secret")
      }
      return Examined(diagnosis: other, format: source.format)
    }

    /// The secrets to use; a person at the terminal is asked when there are none.
    private func secrets(
      for source: DeliverySource, port: Int?, isReceived: Bool
    ) async throws(Interruption) -> [WebhookSecret] {
      let received = isReceived ? call.session[ReceiverKey.self]?.secrets(path: source.path, port: port) ?? [] : []
      let secrets = call.secrets(given, orElse: received)
      guard secrets.isEmpty else { return secrets }
      guard let prompter = call.session.prompter, call.input == nil else { throw .failure(Call.noSecret) }
      guard let secret = try await DeliveryQuestions(prompter: prompter, tell: call.tell).secret() else {
        throw .failure(Call.emptySecret)
      }
      return [WebhookSecret(secret)]
    }
  }
}
