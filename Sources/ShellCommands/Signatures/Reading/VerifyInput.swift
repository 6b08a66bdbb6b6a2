import Interpreter
import MittrWebhooks
import OrderedJSON

/// The parameters that hand a delivery to `verify`, and what they come to.
enum VerifyInput {
  static let request = Parameter.option(
    "request", .file,
    "a file that holds a delivery: a raw request, a curl command, a HAR entry, an export; @- for standard input")
  static let headers = Parameter.repeatedOption(
    "headers", .value, "headers in any form: lines, what curl -v or a language printed, or a record; @file")
  static let signature = Parameter.option("signature", .text, "what X-Mittr-Signature said")
  static let timestamp = Parameter.option("timestamp", .text, "what X-Mittr-Timestamp said")
  static let body = Parameter.option("body", .bytes, "the exact body received: @file, @- or text")

  static let all: [any AnyParameter] = [request, headers, signature, timestamp, body]

  /// What the arguments hand over; what is missing is asked for.
  static func source(_ call: Call) async throws(Interruption) -> DeliverySource {
    if let bytes = try await call.contents(request) { return try await requested(bytes, call) }
    var sources: [DeliverySource] = []
    for given in try await call.value(headers) {
      let source = try read(.headers, at: call.span(of: headers)) { () throws(DeliverySourceError) in
        try DeliverySource(headers: given)
      }
      sources.append(source)
    }
    var fields = sources.flatMap { $0.headers.map { ($0.name, $0.value) } }
    if call.isGiven(headers) { try call.refuse([signature, timestamp], beside: headers.declaration.label) }
    for (parameter, name) in [(signature, WebhookHeaderName.signature), (timestamp, WebhookHeaderName.timestamp)] {
      if let value = try await call.value(parameter) { fields.append((name, value)) }
    }
    let hasHeaders = call.isGiven(headers) || call.isGiven(signature) || call.isGiven(timestamp)
    let body = try await call.bytes(body)
    /// What was done to read the only dump of headers is told with it.
    func delivery(_ body: [UInt8]) -> DeliverySource {
      guard sources.count != 1 else { return sources[0].with(body: body) }
      return DeliverySource(headers: fields, body: body, format: sources.first?.format ?? "its parts")
    }
    if hasHeaders, let body { return delivery(body) }
    guard let prompter = call.session.prompter else {
      throw .failure(missing(body: body == nil, headers: !hasHeaders))
    }
    let questions = DeliveryQuestions(prompter: prompter, tell: call.tell)
    let asked = hasHeaders ? nil : try await questions.headers()
    let received = try await questions.body(body, length: asked?.contentLength)
    return asked.map { $0.with(body: received) } ?? delivery(received)
  }

  private static func requested(_ bytes: [UInt8], _ call: Call) async throws(Interruption) -> DeliverySource {
    try call.refuse([headers, signature, timestamp], beside: request.declaration.label)
    let source: DeliverySource
    do throws(DeliverySourceError) {
      source = try DeliverySource(request: bytes)
    } catch {
      // A command names the file that its body is in, or the text holds headers alone.
      guard error.isOfMissingBody, let body = try await call.bytes(body) else {
        throw .failure(Failure(error, .request).pointing(at: call.span(of: request)))
      }
      return try read(.request, at: call.span(of: request)) { () throws(DeliverySourceError) in
        try DeliverySource(headers: bytes, body: body)
      }
    }
    try call.refuse([body], beside: request.declaration.label)
    return source
  }

  /// Reads a record from the pipe, or text.
  static func source(of item: JSONValue) throws(Interruption) -> DeliverySource {
    try read(.record, at: nil) { () throws(DeliverySourceError) in try DeliverySource(record: item) }
  }

  private static func read(
    _ place: Failure.Place, at span: SourceSpan?, _ body: () throws(DeliverySourceError) -> DeliverySource
  ) throws(Interruption) -> DeliverySource {
    do throws(DeliverySourceError) { return try body() } catch {
      throw .failure(Failure(error, place).pointing(at: span))
    }
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
}

extension DeliverySourceError {
  /// Whether the headers are there, and the body is elsewhere.
  fileprivate var isOfMissingBody: Bool {
    switch self {
    case .bodyInFile, .noBody: true
    default: false
    }
  }
}

extension Failure {
  /// Where a delivery was read from, for the code of what went wrong.
  enum Place {
    case request, headers, record

    var code: Failure.Code {
      switch self {
      case .request: "bad-request"
      case .headers: "bad-headers"
      case .record: "bad-delivery"
      }
    }
  }

  init(_ error: DeliverySourceError, _ place: Place) {
    var code = place.code
    // A header that is there and was not understood is told in the same way wherever it stood.
    if case .notUnderstood(_, _, mentionsSignature: true) = error { code = Place.request.code }
    self.init(code, error.description, help: error.advice)
  }

  func pointing(at span: SourceSpan?) -> Failure {
    var failure = self
    failure.span = failure.span ?? span
    return failure
  }
}
