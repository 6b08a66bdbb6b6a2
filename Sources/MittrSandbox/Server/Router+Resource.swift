import HTTPTypes
import Hummingbird

extension Router<SandboxContext> {
  typealias Handler = @Sendable (Request, SandboxContext) async throws -> Response

  /// Adds a path with all its methods; the others of HTTP's usual methods answer 405.
  func resource(_ path: RouterPath, _ handlers: KeyValuePairs<HTTPRequest.Method, Handler>) {
    let allowed = handlers.map(\.key)
    for (method, handler) in handlers { on(path, method: method, use: handler) }
    let usual: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options]
    for method in usual where !allowed.contains(method) {
      on(path, method: method) { _, _ -> Response in throw APIError.methodNotAllowed(allowed: allowed) }
    }
  }
}
