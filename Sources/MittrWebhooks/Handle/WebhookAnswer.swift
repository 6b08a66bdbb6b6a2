public import HTTPTypes

/// An answer to send to a sender: a response's head and its body.
public struct WebhookAnswer: Sendable, Hashable {
  public var response: HTTPResponse
  public var body: [UInt8]

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
