import HTTPTypes
import Hummingbird
import OrderedJSON

/// `/_sandbox`: what the sandbox tells about itself, and receivers to deliver to, so that it needs nothing else beside
/// it. None of it takes a key.
struct SandboxRoutes {
  let services: Services
  /// What makes requests fail; nil when nothing does.
  let faults: FaultInjector?

  func add(to router: Router<SandboxContext>) {
    router.resource("_sandbox/stats", [.get: stats])
    router.resource("_sandbox/settled", [.get: settled])
    router.resource("_sandbox/receivers/ok", [.post: accept])
    router.resource("_sandbox/receivers/fail", [.post: refuse])
    router.resource("_sandbox/receivers/slow", [.post: acceptLate])
  }

  /// `{"requests": n, "replays": {"evt_…": n, …}, "deliveries": {"attempts": n, "delivered": n, "failed": n},
  /// "faults": {"reset-after": n, …}}`
  ///
  /// Requests and faults are counted since the start; replays and deliveries over the database's whole life.
  @Sendable private func stats(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let (replays, attempts) = try await services.database.read { db in
      try (EventTable(db).replays(), AttemptTable(db).counts())
    }
    var deliveries = JSONObjectBuilder()
    deliveries.add("attempts", attempts.attempts)
    deliveries.add("delivered", attempts.attempts - attempts.failed)
    deliveries.add("failed", attempts.failed)
    var stats = JSONObjectBuilder()
    stats.add("requests", services.requests.apiRequests)
    stats.add("replays", .object(JSONObject(replays.map { ($0.id, .number(JSONNumber($0.count))) })))
    stats.add("deliveries", object: deliveries.bytes)
    let faults = self.faults?.counts ?? []
    stats.add("faults", .object(JSONObject(faults.map { ($0.fault.rawValue, .number(JSONNumber($0.count))) })))
    return Response(json: stats.bytes)
  }

  /// Answers once no delivery is under way and none is due, for scripts that look at what became of their events.
  @Sendable private func settled(_ request: Request, _ context: SandboxContext) async throws -> Response {
    await services.wakeup.rest()
    return Response(json: Array(#"{"settled":true}"#.utf8))
  }

  @Sendable private func accept(_ request: Request, _ context: SandboxContext) async throws -> Response {
    Response(json: Array(#"{"received":true}"#.utf8))
  }

  @Sendable private func refuse(_ request: Request, _ context: SandboxContext) async throws -> Response {
    Response(status: .internalServerError, json: Array(#"{"received":false}"#.utf8))
  }

  /// Answers after `?ms=` milliseconds, 0 to 60,000; 3,000 unless given.
  @Sendable private func acceptLate(_ request: Request, _ context: SandboxContext) async throws -> Response {
    let milliseconds = request.uri.queryParameters["ms"].flatMap { Int(String($0)) } ?? 3000
    try await Task.sleep(for: .milliseconds(min(max(0, milliseconds), 60_000)))
    return try await accept(request, context)
  }
}
