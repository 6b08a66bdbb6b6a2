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
      try await call.value(ids), .event, "POST", path: ResourcePath.replay(ofItemAt:), of: call, demand: demand)
  }

  private static func command(named name: String, examples: [Command.Example]) -> Command {
    Command(
      name, topic: .events, "delivers events again",
      discussion: """
        Events from the pipe give {id, ok, status, …} or {id, ok: false, error} each, in their order. One that fails does
        not stop the others; the statement then ends with exit status 3. When the server asks to wait, all wait.

        A replay whose answer was lost is never repeated. It is done if the event proves that, otherwise its error's code
        is OUTCOME_UNKNOWN.

        --journal FILE keeps what was done: the same command with the same file goes on after any end, kill -9 included,
        and does nothing twice. `journal show FILE` sums it up, `journal retry FILE` does again what failed. Ctrl-C lets
        what is under way end; a second one gives it up.
        """,
      input: .optional, result: .asInput, itemKind: .outcome, parameters: [ids] + BulkOptions.all,
      requests: requests, changesData: true,
      searchWords: ["resend", "redeliver", "retrigger", "reprocess", "requeue", "rerun", "retry", "again"],
      examples: examples
    ) { call throws(Interruption) in
      let bulk = BulkCommand(call: call, verb: name, operation: .replay) { item, _ throws(Interruption) in
        let id = try TargetKind.event.id(of: item)
        return BulkRequest(operation: .replay, name: id, before: item.objectValue.flatMap(EventTrace.init))
      }
      return try await bulk.run(try await call.value(ids))
    }
  }
}
