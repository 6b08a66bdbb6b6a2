import Interpreter
import OrderedJSON

enum EndpointsUpdateCommand {
  /// A word is an id, a record the patch.
  private enum Target: Sendable {
    case id(String)
    case patch(JSONObject)

    var identifier: String? { if case .id(let id) = self { id } else { nil } }
    var fields: JSONObject { if case .patch(let fields) = self { fields } else { [:] } }
  }

  private static let targets = Parameter.variadic(
    "id",
    ParameterKind<Target>(.identifier) { value throws(ConversionError) in
      switch value {
      case .string(let id, _) where id.contains("="):
        throw ConversionError("'\(id)' is no id; fields are given as a record: {enabled: true}")
      case .string(let id, _) where !id.isEmpty: return .id(id)
      case .object(let patch): return .patch(patch)
      default: throw .expected("an id, or a record as the patch", got: value)
      }
    }, "endpoint ids, and one record as the patch; without ids, items from the pipe", isPerItem: true
  ).suggesting(.field("id", of: .endpoint), .field("endpointId", of: .event))
    .naming(EndpointFlags.fields)

  static let command = Command(
    "endpoints update", topic: .endpoints, "changes endpoints; only what is given is sent",
    discussion: """
      The patch is a record or flags; `.field` in it is the field of the incoming item. Items from the pipe give
      {id, ok, …} each, in their order; one that fails does not stop the others.
      """,
    input: .optional, result: .asInput, itemKind: .outcome,
    parameters: [targets] + EndpointFlags.parameters + BulkOptions.all, requests: requests,
    changesData: true,
    searchWords: ["edit", "modify", "change", "patch", "enable", "disable", "wake", "unpause", "rotate"],
    examples: [
      .init("endpoints list | where not .enabled | endpoints update {enabled: true} | count", "wake all that sleep"),
      .init(
        #"endpoints list | where .circuitState == "open" | endpoints update --description "was \(.description ?? "-")""#,
        "a field made from the item"),
    ]
  ) { call throws(Interruption) in
    // Ids do not depend on an item; a patch may.
    let ids = call.input == nil ? try await call.value(targets).compactMap { $0.identifier } : []
    let bulk = BulkCommand(
      call: call, verb: "endpoints update", operation: .update,
      request: { item, _ throws(Interruption) in
        let id = try TargetKind.endpoint.id(of: item)
        return BulkRequest(
          operation: .update, name: id, body: try await patch(call, for: call.input == nil ? nil : item))
      },
      template: { () throws(Interruption) in
        var parts = try await call.template(targets).filter { part in !ids.contains { part == .string($0) } }
        for flag in EndpointFlags.parameters { parts += try await call.template(flag) }
        return parts
      })
    return try await bulk.run(ids)
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let ids = call.input == nil ? try await call.value(targets).compactMap { $0.identifier } : []
    return try await BulkCommand.planned(
      ids, .endpoint, "PATCH", body: .object(try await patch(call, for: nil)), of: call, demand: demand)
  }

  private static func patch(_ call: Call, for item: JSONValue?) async throws(Interruption) -> JSONObject {
    var patch = JSONObject()
    for target in try await call.value(targets, for: item) {
      for (key, value) in target.fields { patch[key] = value }
    }
    for (key, value) in try await EndpointFlags.fields(call, for: item) { patch[key] = value }
    guard !patch.isEmpty else {
      throw .failure(
        Failure(.missingArgument, "nothing was given to change", help: "endpoints update {enabled: true}"))
    }
    return patch
  }
}
