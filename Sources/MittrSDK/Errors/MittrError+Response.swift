import OrderedJSON

extension MittrError {
  /// An answer that is not a success.
  /// - Parameter now: the time since 1970 by this machine's clock. A `Retry-After` date is measured against it only if the
  ///   server does not tell the time.
  init(_ response: TransportResponse, masking secret: Secret, now: Duration) {
    let body = Body(response.body, masking: secret)
    let object: JSONObject? = if case .json(.object(let object)) = body { object } else { nil }
    let code = object?.string("code").flatMap { $0.isEmpty ? nil : $0 }
    self.init(
      code: code.map(Code.init(rawValue:)) ?? .http(response.status),
      message: object?.string("error") ?? object?.string("message")
        ?? Self.message(for: response, body: body, masking: secret),
      status: response.status, body: body, details: object?["details"],
      requestID: Self.requestID(in: response).map(secret.masked),
      retryAfter: RetryAfter(response)?.duration(now: response.serverTime ?? now),
      rateLimit: RateLimit(response, now: now))
  }

  private static func requestID(in response: TransportResponse) -> String? {
    for name in ["X-Request-Id", "Request-Id", "X-Correlation-Id"] {
      if let value = response.header(name) { return value }
    }
    return nil
  }

  private static func message(for response: TransportResponse, body: Body, masking secret: Secret) -> String {
    if response.isRedirect { return redirectMessage(response, masking: secret) }
    return switch body {
    case .json: "the server refused the request"
    case .text: "the server answered with text that is not JSON"
    case .none: "the server answered without a body"
    }
  }

  private static func redirectMessage(_ response: TransportResponse, masking secret: Secret) -> String {
    let place = response.header("Location").map { secret.masked(in: $0).prefix(utf8Bytes: 1000) } ?? ""
    let target = place.isEmpty ? "elsewhere, and does not say where" : "to \(place)"
    return "the server redirects \(target); redirects are not followed"
  }
}

extension MittrError {
  /// An answer that does not tell whether the request, which changes something, was done.
  /// - Parameter now: as above.
  init(
    _ response: TransportResponse, unknown uncertainty: ResponseDisposition.Uncertainty, asked id: String?,
    masking secret: Secret, now: Duration
  ) {
    let error = MittrError(response, masking: secret, now: now)
    let status = response.status
    let saying = error.code == .http(status) ? error.message : "(\(error.code)) \(error.message)"
    let message =
      switch uncertainty {
      case .redirect: Self.redirectMessage(response, masking: secret)
      case .notJSON: "the server answered \(status) with text that is not JSON\(Self.beginning(of: error.body))"
      case .notAnObject: "the server answered \(status) with JSON that is no object"
      case .error: "the server answered \(status) with an error: \(saying)"
      case .otherID(let other):
        "the server answered with \(secret.masked(in: other).prefix(utf8Bytes: 200)) instead of \(id ?? "")"
      case .status where 500..<600 ~= status: "the server failed (\(error.code)): \(error.message)"
      case .status: "the server answered with status \(status), which does not tell: \(saying)"
      }
    self = error.withUnknownOutcome(message: message)
  }

  private static func beginning(of body: Body) -> String {
    guard case .text(let text) = body else { return "" }
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? "" : ": \(words.prefix(80))\(words.count > 80 ? "…" : "")"
  }
}

extension MittrError.Body {
  /// Above this a body is not looked into: an explanation is short.
  private static let maximumJSONBytes = 1 << 20

  init(_ bytes: [UInt8], masking secret: Secret) {
    if bytes.isEmpty {
      self = .none
    } else if bytes.count <= Self.maximumJSONBytes, let value = try? JSONValue(parsing: bytes) {
      self = .json(secret.masked(in: value))
    } else {
      let start = String(decoding: bytes.prefix(Self.maximumJSONBytes), as: UTF8.self)
      self = .text(secret.masked(in: start).prefix(utf8Bytes: MittrError.maximumTextBytes))
    }
  }
}
