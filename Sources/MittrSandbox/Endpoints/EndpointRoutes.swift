import Basics
import GRDB
import Hummingbird
import OrderedJSON

/// `/api/v1/endpoints`
struct EndpointRoutes {
  let services: Services

  func add(to api: RouterGroup<SandboxContext>) {
    api.resource("v1/endpoints", [.get: list, .post: create])
    api.resource("v1/endpoints/:id", [.get: get, .patch: update, .delete: delete])
  }

  @Sendable private func list(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let query = try PageQuery(request.uri.queryParameters)
    let page = try await services.database.read { db in try EndpointTable(db).page(query) }
    return Response(json: page.json)
  }

  @Sendable private func create(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let change = try EndpointChange(await request.jsonObject(), isNew: true)
    let (identifiers, now) = (services.identifiers, services.clock.now)
    let endpoint = try await services.database.write { db in
      let table = EndpointTable(db)
      let sequence = try table.nextSequence()
      let endpoint = change.endpoint(
        id: identifiers.endpointID(sequence), secret: identifiers.secret(sequence), now: now)
      try table.insert(endpoint)
      return endpoint
    }
    return change.noted(on: Response(status: .created, json: Array(endpoint.json.utf8)))
  }

  @Sendable private func get(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    guard let endpoint = try await services.database.read({ db in try EndpointTable(db).find(id) }) else {
      throw Self.noSuchEndpoint
    }
    return Response(json: Array(endpoint.json.utf8))
  }

  @Sendable private func update(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    let change = try EndpointChange(await request.jsonObject(), isNew: false)
    let now = services.clock.now
    let endpoint = try await services.database.write { db in
      let table = EndpointTable(db)
      guard let current = try table.find(id) else { throw Self.noSuchEndpoint }
      let endpoint = change.applied(to: current, now: now)
      try table.update(endpoint)
      return endpoint
    }
    services.wakeup.signal()
    return change.noted(on: Response(json: Array(endpoint.json.utf8)))
  }

  /// Events that still wait for the endpoint become `dead` when their turn comes.
  @Sendable private func delete(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    guard try await services.database.write({ db in try EndpointTable(db).delete(id) }) else {
      throw Self.noSuchEndpoint
    }
    services.wakeup.signal()
    return Response(status: .noContent)
  }

  private static var noSuchEndpoint: APIError { .notFound("no such endpoint") }
}

extension EndpointChange {
  /// The answer to the change, which says what is not done about it.
  fileprivate func noted(on response: Response) -> Response {
    guard setsTransformation else { return response }
    var response = response
    response.headers[named: SandboxNotice.headerName] = SandboxNotice.transformation
    return response
  }
}
