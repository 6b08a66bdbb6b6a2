import Interpreter
import MittrSDK
import OrderedJSON

enum EndpointsGetCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "endpoint ids; without any, ids, endpoints or events from the pipe"
  ).suggesting(.field("id", of: .endpoint), .field("endpointId", of: .event))

  static let command = Command(
    "endpoints get", topic: .endpoints, "fetches endpoints whole, their secrets among it",
    discussion: """
      One id as an argument gives one endpoint; several, or a pipe, give a stream. A terminal hides the secrets unless
      --show-secret is given; a pipe and a file get them.
      """,
    input: .optional, result: .asInput, itemKind: .endpoint, parameters: [ids, EndpointSecretDisplay.flag],
    requests: requests,
    searchWords: ["show", "inspect", "describe", "circuit"],
    examples: [
      .init("events list --status failed | first 1 | endpoints get | get .url", "where a failed event should go"),
      .init(
        "endpoints list | first 1 | endpoints get --show-secret | get .secret", "a secret, on a terminal too"),
      .init("let e = endpoints list | first 1 | one; endpoints get $e.id", "one endpoint by its id"),
    ]
  ) { call throws(Interruption) in
    let ids = try await call.value(ids)
    let showsSecret = try await call.value(EndpointSecretDisplay.flag)
    let kind = EndpointSecretDisplay.kind(id: ids.count == 1 ? ids[0] : nil)
    return try await call.eachTarget(ids, .endpoint, kind: kind) { id throws(Interruption) in
      let endpoint = try await call.request { client throws(MittrError) in try await client.endpointRecords.get(id) }
      if showsSecret { EndpointSecretDisplay.reveal(endpoint, call) }
      return endpoint
    }
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try call.planned(try await call.value(ids), .endpoint, "GET", demand: demand)
  }
}
