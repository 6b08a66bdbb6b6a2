import Interpreter
import MittrSDK
import OrderedJSON

enum EndpointsGetCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "endpoint ids; without any, ids, endpoints or events from the pipe"
  ).suggesting(.field("id", of: .endpoint), .field("endpointId", of: .event))

  static let command = Command(
    "endpoints get", topic: .endpoints, "fetches endpoints whole, their secrets among it",
    discussion: "One id as an argument gives one endpoint; several, or a pipe, give a stream.",
    input: .optional, result: .asInput, itemKind: .endpoint, parameters: [ids], requests: requests,
    examples: [
      .init("events list --status failed | first 1 | endpoints get | get .url", "where a failed event should go"),
      .init("let e = endpoints list | first 1 | one; endpoints get $e.id", "one endpoint by its id"),
    ]
  ) { call throws(Interruption) in
    try await call.fetch(try await call.value(ids), .endpoint) { client, id throws(MittrError) in
      try await client.endpoints.get(id).json
    }
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try call.planned(try await call.value(ids), .endpoint, "GET", demand: demand)
  }
}
