import OrderedJSON

extension MittrError {
  /// An answer whose status is not a success.
  /// - Parameter now: the time since 1970, against which a `Retry-After` date is measured.
  init(_ response: TransportResponse, masking secret: Secret, now: Duration) {
    let body = Body(response.body, masking: secret)
    let object: JSONObject? = if case .json(.object(let object)) = body { object } else { nil }
    let code = object?.string("code").flatMap { $0.isEmpty ? nil : $0 }
    self.init(
      code: code ?? "HTTP_\(response.status)",
      message: object?.string("error") ?? object?.string("message") ?? Self.message(for: response, body: body),
      status: response.status, body: body, details: object?["details"],
      requestID: Self.requestID(in: response).map(secret.masked),
      retryAfter: response.header("Retry-After").flatMap { RetryAfter.duration(of: $0, now: now) },
      rateLimit: RateLimit(response, now: now))
  }

  private static func requestID(in response: TransportResponse) -> String? {
    for name in ["X-Request-Id", "Request-Id", "X-Correlation-Id"] {
      if let value = response.header(name) { return value }
    }
    return nil
  }

  private static func message(for response: TransportResponse, body: Body) -> String {
    if 300..<400 ~= response.status { return "the server answered with a redirect, which is not followed" }
    return switch body {
    case .json: "the server refused the request"
    case .text: "the server answered with text that is not JSON"
    case .none: "the server answered without a body"
    }
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
