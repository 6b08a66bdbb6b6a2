public import HTTPTypes
public import Hummingbird
public import MittrWebhooks
import NIOCore

/// Lets through only requests that carry a right and fresh Mittr signature.
/// ```swift
/// let router = Router()
/// router.group("webhooks")
///   .add(middleware: WebhookVerificationMiddleware(secret: "whsec_…"))
///   .post("mittr") { request, context in
///     let order = try await request.decode(as: Order.self, context: context)
///     return "thanks for \(order.orderId)"
///   }
/// ```
/// The whole body is collected first, since a signature says nothing before its last byte has come. The request goes on
/// with that body, byte for byte. Add it to the routes that receive webhooks only: it refuses everything else.
public struct WebhookVerificationMiddleware<Context: RequestContext>: RouterMiddleware {
  private let handler: WebhookHandler
  private let maximumBodySize: Int

  /// - Parameters:
  ///   - handler: verifies, and makes the answer to a request that failed; by default 401 and `invalid signature`.
  ///   - maximumBodySize: the largest body to collect, in bytes; 10 MiB by default.
  public init(handler: WebhookHandler, maximumBodySize: Int = 10 * 1024 * 1024) {
    self.handler = handler
    self.maximumBodySize = maximumBodySize
  }

  /// Accepts what is signed with one secret, and with those before it.
  /// - Parameters:
  ///   - secret: the endpoint's secret. An empty one never verifies anything.
  ///   - previousSecrets: secrets that are still accepted while the secret is being rotated; none by default.
  ///   - toleranceSeconds: how far a timestamp may lie from now, in seconds and in either direction; 300 by default.
  ///   - maximumBodySize: the largest body to collect, in bytes; 10 MiB by default.
  ///   - onInvalid: makes the answer to a request that failed, from its head and the first check that failed; it may
  ///     wait, such as to write a log. By default 401 and `invalid signature`, which tells a forger nothing.
  public init(
    secret: WebhookSecret, previousSecrets: [WebhookSecret] = [],
    toleranceSeconds: Int = WebhookVerifier.defaultToleranceSeconds, maximumBodySize: Int = 10 * 1024 * 1024,
    onInvalid: @escaping @Sendable (HTTPRequest, WebhookVerificationError) async -> WebhookAnswer = { _, _ in
      .invalidSignature
    }
  ) {
    self.init(
      handler: WebhookHandler(
        secret: secret, previousSecrets: previousSecrets, toleranceSeconds: toleranceSeconds, onInvalid: onInvalid),
      maximumBodySize: maximumBodySize)
  }

  /// Verifies a request, then calls what comes after the middleware.
  /// - Throws: `HTTPError` with the status 413 when the body is larger than the bound; what reading the body or the
  ///   handlers after this one throw. A wrong signature is answered, not thrown.
  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var request = request
    let body = try await request.collectBody(upTo: maximumBodySize)
    switch await handler.handle(request.head, body: body.readableBytesView) {
    case .verified:
      return try await next(request, context)
    case .rejected(let answer):
      return Response(
        status: answer.response.status, headers: answer.response.headerFields,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
  }
}
