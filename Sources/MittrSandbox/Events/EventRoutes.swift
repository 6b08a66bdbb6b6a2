import GRDB
import Hummingbird
import OrderedJSON

/// `/api/v1/events`
struct EventRoutes {
  let services: Services

  func add(to api: RouterGroup<SandboxContext>) {
    api.resource("v1/events", [.get: list, .post: send])
    api.resource("v1/events/:id", [.get: get])
    api.resource("v1/events/:id/replay", [.post: replay])
    api.resource("v1/events/:id/attempts", [.get: attempts])
  }

  @Sendable private func list(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let query = try EventListQuery(request.uri.queryParameters).query
    let page = try await services.database.read { db in try EventTable(db).page(query) }
    return Response(json: page.json)
  }

  @Sendable private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let submission = try EventSubmission(
      await request.jsonObject(), idempotencyKey: request.headers[named: "X-Idempotency-Key"])
    let sender = EventSender(
      submission: submission, now: services.clock.now, identifiers: services.identifiers,
      quota: services.configuration.quota)
    let answer = try await services.database.write(sender.send)
    services.wakeup.signal()
    var response = Response(status: .created, json: Array(answer.json.utf8))
    if answer.isRepeated { response.headers[named: "Idempotent-Replayed"] = "true" }
    return response
  }

  @Sendable private func get(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    guard let json = try await services.database.read({ db in try EventTable(db).json(id) }) else {
      throw Self.noSuchEvent
    }
    return Response(json: Array(json.utf8))
  }

  /// Plans the event's first attempt anew. Only an event at rest, or between two attempts, can be replayed.
  @Sendable private func replay(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    let now = services.clock.now
    let event = try await services.database.write { db in
      let table = EventTable(db)
      guard var stored = try table.find(id) else { throw Self.noSuchEvent }
      let status = stored.event.status
      guard status != .pending, status != .processing else {
        throw APIError.invalidState("an event that is \(status.rawValue) cannot be replayed")
      }
      stored.event.status = .pending
      stored.event.attempts = 0
      stored.event.lastError = nil
      stored.event.deliveredAt = nil
      stored.event.touch(now)
      let endpoint = try stored.event.endpointID.flatMap(EndpointTable(db).find)
      try table.update(stored, nextAttempt: now, isHeld: endpoint?.isAccepting == false)
      try table.countReplay(stored)
      return stored.event
    }
    services.wakeup.signal()
    return Response(json: event.object.bytes)
  }

  /// The attempts to deliver one event, oldest first, replays included; the last 100 of them.
  @Sendable private func attempts(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let id = try context.parameters.require("id")
    let items = try await services.database.read { db in
      guard let stored = try EventTable(db).find(id) else { throw Self.noSuchEvent }
      return try AttemptTable(db).last(100, of: stored).map(\.json)
    }
    return Response(json: Page(items: items, next: nil, total: nil).json)
  }

  private static var noSuchEvent: APIError { .notFound("no such event") }
}
