import Interpreter
import MittrSDK
import OrderedJSON

enum EventsGetCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "event ids; without any, ids or events from the pipe"
  ).suggesting(.field("id", of: .event))

  static let command = Command(
    "events get", topic: .events, "fetches events whole, as they are now",
    discussion: "One id as an argument gives one event; several, or a pipe, give a stream.",
    input: .optional, result: .asInput, itemKind: .event, parameters: [ids], requests: requests,
    searchWords: ["show", "inspect", "describe", "details", "attempts", "payload"],
    examples: [
      .init("events list | first 1 | events get | get .payload", "the newest event's payload"),
      .init("let e = events list | first 1 | one; events get $e.id | get .status", "one event by its id"),
    ]
  ) { call throws(Interruption) in
    try await call.fetch(try await call.value(ids), .event) { client, id throws(MittrError) in
      try await client.eventRecords.get(id)
    }
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try call.planned(try await call.value(ids), .event, "GET", demand: demand)
  }
}
