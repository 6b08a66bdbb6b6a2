import Interpreter
import MittrSDK
import OrderedJSON

enum ReplayCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "event ids; without any, ids or events from the pipe"
  ).suggesting(.field("id", of: .event))

  static let eventsReplay = command(
    named: "events replay",
    examples: [
      .init("events list --status failed | first 2 | events replay", "what failed last, once more"),
      .init("events list --status dead | first 1 | get id | events replay --dry-run", "only tell what would be done"),
    ])

  static let replay = command(
    named: "replay",
    examples: [
      .init("events list --status failed --all | replay | select id ok status", "everything that failed"),
      .init("events list --status dead --all | replay --concurrency 16 | where not .ok", "sixteen at a time"),
    ])

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try await BulkCommand.planned(
      try await call.value(ids), .event, "POST", suffix: "/replay", of: call, demand: demand)
  }

  private static func command(named name: String, examples: [Command.Example]) -> Command {
    Command(
      name, topic: .events, "delivers events again",
      discussion: """
        Events from the pipe give {id, ok, status, …} or {id, ok: false, error} each, in their order. One that fails does
        not stop the others; the statement then ends with exit status 3. A replay whose answer was lost is never
        repeated: its error's code is OUTCOME_UNKNOWN.
        """,
      input: .optional, result: .asInput, itemKind: .outcome, parameters: [ids] + BulkOptions.all,
      requests: requests, examples: examples
    ) { call throws(Interruption) in
      let bulk = BulkCommand(call: call, verb: name, target: .event, isDestructive: false) {
        id, _ throws(Interruption) in
        BulkRequest(id: id, method: "POST", path: "/api/v1/events/\(id)/replay") { client throws(MittrError) in
          try await client.events.replay(id).json
        }
      }
      return try await bulk.run(try await call.value(ids))
    }
  }
}
