import HTTPTypes
import Hummingbird

extension RouterMethods<SandboxContext> {
  typealias Handler = @Sendable (Request, SandboxContext) async throws -> Response

  /// Adds a path with all its methods; the others of HTTP's usual methods answer 405.
  func resource(_ path: RouterPath, _ handlers: KeyValuePairs<HTTPRequest.Method, Handler>) {
    let allowed = handlers.map(\.key)
    for (method, handler) in handlers { on(path, method: method, use: handler) }
    for method in HTTPRequest.Method.usual where !allowed.contains(method) {
      on(path, method: method) { _, _ -> Response in throw APIError.methodNotAllowed(allowed: allowed) }
    }
  }

  /// Adds a path where nothing is, so that what its group asks of requests holds for it, too.
  func nothing(_ path: RouterPath) {
    for method in HTTPRequest.Method.usual {
      on(path, method: method) { _, _ -> Response in throw HTTPError(.notFound) }
    }
  }
}

extension HTTPRequest.Method {
  /// Those that the IANA lists for HTTP itself; HEAD comes with GET.
  static let usual: [HTTPRequest.Method] =
    [.get, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}
