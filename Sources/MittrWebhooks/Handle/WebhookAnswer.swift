public import HTTPTypes

/// An answer to send to a sender: a response's head and its body.
/// ```swift
/// let handler = WebhookHandler(secret: "whsec_…") { request, error in
///   WebhookAnswer(status: .badRequest, text: "\(error.reason)")
/// }
/// ```
public struct WebhookAnswer: Sendable, Hashable {
  /// The status and the headers.
  public var response: HTTPResponse
  /// The body's bytes; empty for none.
  public var body: [UInt8]

  /// An answer of any type.
  /// - Parameters:
  ///   - response: the status and the headers; without a length, which the server adds.
  ///   - body: the body's bytes.
  public init(response: HTTPResponse, body: [UInt8]) {
    self.response = response
    self.body = body
  }

  /// An answer in plain text.
  /// - Parameters:
  ///   - status: the response's status.
  ///   - text: the body, sent as UTF-8.
  public init(status: HTTPResponse.Status, text: String) {
    self.init(
      response: HTTPResponse(status: status, headerFields: [.contentType: "text/plain; charset=utf-8"]),
      body: Array(text.utf8))
  }

  /// 401 with the body `invalid signature`.
  public static let invalidSignature = WebhookAnswer(status: .unauthorized, text: "invalid signature")
}
