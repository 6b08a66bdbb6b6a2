import Basics
import Interpreter
import MittrWebhooks
import OrderedJSON

enum VerifyCommand {
  private static let request = Parameter.option(
    "request", .file, "a raw HTTP request in a file, headers and body; @- for standard input")
  private static let headers = Parameter.repeatedOption(
    "headers", .value, "header lines, what curl -v printed, or a record; @file")
  private static let signature = Parameter.option("signature", .text, "what X-Mittr-Signature said")
  private static let timestamp = Parameter.option("timestamp", .text, "what X-Mittr-Timestamp said")
  private static let body = Parameter.option("body", .bytes, "the exact body received: @file, @- or text")
  private static let now = Parameter.option("now", .integer, "judge as at this time, in Unix seconds")
  private static let tolerance = Parameter.option(
    "tolerance", .integer(in: 0...Int.max), default: WebhookVerifier.defaultToleranceSeconds,
    "how far the timestamp may be from now, in seconds", defaultText: "300")

  static let command = Command(
    "verify", topic: .signatures, "says whether a delivery's signature holds, and if not, why",
    discussion: """
      It answers {valid, reason, proven, detail, expected, timestamp, age, received, causes, likely, differs}. A signature that is
      right but old has the reason stale-timestamp, never mismatch. The body is taken byte for byte. A diagnosis is a result
      like any other, whatever it says: a script that is to fail does assert (verify … | get .valid).

      A delivery comes as --request, as --headers (or --signature and --timestamp) with --body, or from the pipe: a record
      with headers and body, as deliveries yields them ($deliveries[-1] | verify tells all of the newest). Such a one is judged as at the time it was received, by the secrets
      of listen unless others are given. On a terminal what is missing is asked for; the secret is not shown.
      """,
    input: .optional, result: .asInput, itemKind: .verification,
    parameters: [
      request, headers, signature, timestamp, body, WebhookSecrets.secret, WebhookSecrets.secretFile, now, tolerance,
    ],
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
    guard let input = call.input else {
      let parts = try await parts(call)
      let diagnosis = try await diagnose(parts, call, try await call.givenSecrets())
      return .value(.object(diagnosis.json), kind: .verification.reported(as: diagnosis.report.record))
    }
    try refuse([request, headers, signature, timestamp, body], beside: "the pipe", call)
    // Once for all items: standard input can be read only once.
    let given = try await call.givenSecrets()
    if call.isInputSingle, let item = try await input.next() {
      let diagnosis = try await diagnose(try read(item), call, given)
      return .value(.object(diagnosis.json), kind: .verification.reported(as: diagnosis.report.record))
    }
    return try await call.eachItem(kind: .verification) { item throws(Interruption) in
      .object(try await diagnose(try read(item), call, given).json)
    }
  }

  private static func read(_ item: JSONValue) throws(Interruption) -> DeliveryParts {
    do throws(Failure) { return try DeliveryParts(record: item) } catch { throw .failure(error) }
  }

  // MARK: The parts

  private static func parts(_ call: Call) async throws(Interruption) -> DeliveryParts {
    if let bytes = try await call.contents(request) {
      try refuse([headers, signature, timestamp, body], beside: request.declaration.label, call)
      do throws(Failure) {
        return try RequestText.parts(of: TextDecoder.decoded(bytes))
      } catch {
        throw .failure(error.pointing(at: call.span(of: request)))
      }
    }
    var parts = DeliveryParts()
    var hasHeaders = false
    for given in try await call.value(headers) {
      hasHeaders = true
      do throws(Failure) { try parts.add(given) } catch { throw .failure(error.pointing(at: call.span(of: headers))) }
    }
    if hasHeaders { try refuse([signature, timestamp], beside: headers.declaration.label, call) }
    for (parameter, name) in [(signature, WebhookHeaderName.signature), (timestamp, WebhookHeaderName.timestamp)] {
      guard let value = try await call.value(parameter) else { continue }
      hasHeaders = true
      parts.headers.append((name, value))
    }
    let body = try await call.bytes(body)
    guard hasHeaders, body != nil else {
      try await ask(call, &parts, hasHeaders: hasHeaders, body: body)
      return parts
    }
    parts.body = (body ?? [])[...]
    return parts
  }

  private static func ask(
    _ call: Call, _ parts: inout DeliveryParts, hasHeaders: Bool, body: [UInt8]?
  ) async throws(Interruption) {
    guard let interview = call.session.interview else {
      throw .failure(missing(body: body == nil, headers: !hasHeaders))
    }
    if !hasHeaders {
      let bytes = try await interview.text("Paste the headers; an empty line ends them:", until: .emptyLine)
      do throws(Failure) { parts.headers = try HeaderText(bytes).fields } catch { throw .failure(error) }
    }
    if let body {
      parts.body = body[...]
    } else {
      let question = "Paste the body; Ctrl-D, or a line with nothing but a dot, ends it (no line break at its end):"
      parts.body = try await interview.text(question, until: .dot)[...]
    }
  }

  // MARK: The diagnosis

  private static func diagnose(
    _ parts: DeliveryParts, _ call: Call, _ given: WebhookSecrets?
  ) async throws(Interruption) -> SignatureDiagnosis {
    for remark in parts.remarks { call.warn(remark.code, remark.text) }
    let received = parts.receivedAt == nil ? [] : call.session[ReceiverKey.self]?.secrets(path: parts.path) ?? []
    var secrets = call.secrets(given, orElse: received)
    if secrets.isEmpty {
      guard let interview = call.session.interview, call.input == nil else { throw .failure(Call.noSecret) }
      let secret = try await interview.secret("The endpoint's secret (it is not shown):")
      guard !secret.isEmpty else { throw .failure(Call.emptySecret) }
      secrets = [WebhookSecret(secret)]
    }
    let now = try await call.value(now) ?? Int(clamping: parts.receivedAt ?? call.session.now())
    let tolerance = try await call.value(tolerance)
    func diagnosis(_ secrets: [WebhookSecret]) -> SignatureDiagnosis {
      SignatureDoctor(
        secret: secrets[0], previousSecrets: Array(secrets.dropFirst()), toleranceSeconds: tolerance, now: { now }
      ).diagnose(headers: parts.headers, body: parts.body)
    }
    let exact = diagnosis(secrets)
    guard !exact.isAuthentic, let bare = given?.withoutLineBreak else { return exact }
    // Almost every editor ends a file with a line break.
    let other = diagnosis(bare.map { WebhookSecret($0) })
    if other.isAuthentic {
      call.warn("secret-whitespace", "the secret's file ends with a line break, which is no part of the secret")
    }
    return other
  }

  // MARK: Messages

  private static func missing(body: Bool, headers: Bool) -> Failure {
    switch (body, headers) {
    case (true, true):
      Failure(
        "missing-argument", "'verify' needs --body and --headers, or --request: what exactly was received",
        help: "--request FILE; or --headers @file --body @file; or pipe a delivery into it")
    case (true, false):
      Failure(
        "missing-argument", "'verify' needs --body: the exact bytes received",
        help: "--body @file, or --body @- for standard input")
    default:
      Failure(
        "missing-argument", "'verify' needs --headers: what came with the body",
        help: "--headers @file, or --signature and --timestamp")
    }
  }

  private static func refuse(
    _ parameters: [any AnyParameter], beside first: String, _ call: Call
  ) throws(Interruption) {
    for parameter in parameters where call.isGiven(parameter) {
      throw .failure(
        Failure(
          "unexpected-argument", "\(parameter.declaration.label) has no place beside \(first)",
          at: call.span(of: parameter), help: "\(first) gives it already: leave out one of the two"))
    }
  }
}

extension SignatureDiagnosis {
  /// Whether the signature is right, be it fresh or not.
  fileprivate var isAuthentic: Bool { [.ok, .staleTimestamp, .futureTimestamp].contains(reason) }
}

extension Failure {
  func pointing(at span: SourceSpan?) -> Failure {
    var failure = self
    failure.span = failure.span ?? span
    return failure
  }
}
