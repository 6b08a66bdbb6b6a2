import HTTPTypes
import Hummingbird

/// The outermost layer: numbers the request, turns whatever is thrown into a JSON error, and puts `X-Request-Id` on
/// every answer.
struct AnswerMiddleware: RouterMiddleware {
  typealias Context = SandboxContext

  let services: Services

  func handle(
    _ request: Request, context: SandboxContext,
    next: (Request, SandboxContext) async throws -> Response
  ) async throws -> Response {
    let id = services.identifiers.requestID(services.requests.next())
    var response: Response
    do {
      guard request.method == .head || HTTPRequest.Method.usual.contains(request.method) else {
        throw APIError.notImplemented
      }
      response = try await next(request, context)
    } catch {
      response = Response(APIError(answering: error))
    }
    response.headers[named: "X-Request-Id"] = id
    // Routes do so themselves; errors have a body, which on the connection would be read as the next answer.
    return request.method == .head ? response.createHeadResponse() : response
  }
}

extension APIError {
  /// What to answer to an error of any kind. What went wrong inside the sandbox is not told: it could quote what the
  /// database holds.
  init(answering error: any Error) {
    self =
      switch error {
      case let error as APIError: error
      case let error as HTTPError where error.status == .notFound: .notFound("no such path")
      case let error as HTTPError where error.status.kind == .clientError:
        .badRequest(error.body ?? error.status.reasonPhrase)
      case is CancellationError: .unavailable
      default: .internalError
      }
  }
}
