import Interpreter
import MittrSDK
import OrderedJSON

enum EndpointsCreateCommand {
  private static let record = Parameter.optionalPositional(
    "record", .record, "the endpoint's fields; flags come on top"
  ).naming(EndpointFlags.fields)

  static let command = Command(
    "endpoints create", topic: .endpoints, "makes an endpoint and answers it with its secret",
    discussion: "A terminal hides the secret unless --show-secret is given; a pipe and a file get it.",
    input: .none, result: .value, itemKind: .endpoint,
    parameters: [record] + EndpointFlags.parameters + [EndpointSecretDisplay.flag],
    requests: requests, changesData: true,
    searchWords: ["add", "register", "subscribe", "new", "hook"],
    examples: [
      .init("endpoints create --url http://127.0.0.1:4000/hook --event-types order.*", "for all order events"),
      .init(#"endpoints create {url: "http://127.0.0.1:4000/hook", eventTypes: ["user.created"]}"#, "from a record"),
    ]
  ) { call throws(Interruption) in
    let fields = try await fields(call)
    if call.session.isDryRun {
      return .value(
        .object(["method": "POST", "path": .string(ResourcePath.endpoints.collection), "body": .object(fields)]),
        kind: .request)
    }
    let endpoint = try await call.request { client throws(MittrError) in try await client.endpointRecords.create(fields)
    }
    if try await call.value(EndpointSecretDisplay.flag) { EndpointSecretDisplay.reveal(endpoint, call) }
    return .value(.object(endpoint), kind: EndpointSecretDisplay.kind(id: endpoint["id"]?.stringValue))
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    if call.session.isDryRun { return [] }
    return [
      PlannedRequest("POST", ResourcePath.endpoints.collection, times: "once", body: .object(try await fields(call)))
    ]
  }

  private static func fields(_ call: Call) async throws(Interruption) -> JSONObject {
    var fields = try await call.value(record) ?? [:]
    for (key, value) in try await EndpointFlags.fields(call, for: nil) { fields[key] = value }
    return fields
  }
}
