import Hummingbird
import OrderedJSON

/// Paths that need no key: health and the description of the API.
struct PublicRoutes {
  let services: Services

  func add(to router: Router<SandboxContext>) {
    for path in ["health", "health/live"] {
      router.resource(RouterPath(path), [.get: { _, _ in Response(json: Array(#"{"status":"ok"}"#.utf8)) }])
    }
    router.resource("health/ready", [.get: ready])
    router.resource("openapi.json", [.get: { _, _ in Response(json: Array(OpenAPIDocument.json.utf8)) }])
    router.resource("openapi.yaml", [.get: yaml])
  }

  /// Ready means that the database answers.
  @Sendable private func ready(_ request: Request, _ context: SandboxContext) async throws -> Response {
    _ = try await services.database.read { db in try EventTable(db).nextSequence() }
    return Response(json: Array(#"{"status":"ok","checks":{"database":"ok"}}"#.utf8))
  }

  @Sendable private func yaml(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let document = YAMLWriter.string(try JSONValue(parsing: OpenAPIDocument.json))
    return Response(
      status: .ok, headers: [.contentType: "application/yaml; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: document)))
  }
}
