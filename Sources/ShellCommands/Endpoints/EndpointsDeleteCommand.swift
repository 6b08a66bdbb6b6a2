import Interpreter
import OrderedJSON

enum EndpointsDeleteCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "endpoint ids; without any, ids or endpoints from the pipe"
  ).suggesting(.field("id", of: .endpoint), .field("endpointId", of: .event))

  static let command = Command(
    "endpoints delete", topic: .endpoints, "deletes endpoints; asks first on a terminal",
    discussion: "Where nobody can be asked, deleting what comes from a pipe needs --yes.",
    input: .optional, result: .asInput, itemKind: .outcome, parameters: [ids] + BulkOptions.all, requests: requests,
    changesData: true,
    searchWords: ["destroy", "unsubscribe", "unregister", "remove"],
    examples: [
      .init("endpoints list | where not .enabled | endpoints delete --dry-run", "tell what would go"),
      .init("endpoints list | where not .enabled | endpoints delete --yes", "without being asked"),
    ]
  ) { call throws(Interruption) in
    let bulk = BulkCommand(call: call, verb: "endpoints delete", operation: .delete) { item, _ throws(Interruption) in
      BulkRequest(operation: .delete, name: try TargetKind.endpoint.id(of: item))
    }
    return try await bulk.run(try await call.value(ids))
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try await BulkCommand.planned(try await call.value(ids), .endpoint, "DELETE", of: call, demand: demand)
  }
}
