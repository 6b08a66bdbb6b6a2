public import Hummingbird
public import MittrWebhooks
import NIOCore

/// Lets through only requests that carry a right and fresh Mittr signature.
///
///     let router = Router()
///     router.group("webhooks")
///       .add(middleware: WebhookVerificationMiddleware(handler: WebhookHandler(secret: "whsec_…")))
///       .post("mittr") { request, _ in
///         let body = try await request.body.collect(upTo: .max)    // the bytes that were signed
///         …
///       }
///
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

  /// - Throws: `HTTPError` with the status 413 when the body is larger than the bound; what reading the body or the
  ///   handlers after this one throw. A wrong signature is answered, not thrown.
  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var request = request
    let body = try await request.collectBody(upTo: maximumBodySize)
    switch handler.handle(request.head, body: body.readableBytesView) {
    case .verified:
      return try await next(request, context)
    case .rejected(let answer):
      return Response(
        status: answer.response.status, headers: answer.response.headerFields,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
  }
}
