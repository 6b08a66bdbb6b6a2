import Interpreter
import MittrSDK
import OrderedJSON

enum EndpointsListCommand {
  private static let limit = Parameter.option("limit", .integer(in: 1...1000), "how many a page")
  private static let cursor = Parameter.option("cursor", .text, "where to go on, as an earlier page said")
  private static let all = Parameter.flag("all", "all pages, not only the first")

  static let command = Command(
    "endpoints list", topic: .endpoints, "lists endpoints",
    input: .none, result: .stream, itemKind: .endpoint, parameters: [limit, cursor, all], requests: requests,
    searchWords: ["subscriptions", "hooks", "receivers", "targets", "destinations"],
    examples: [
      .init("endpoints list | select id url enabled", "where deliveries go"),
      .init(#"endpoints list --all | where .circuitState == "open""#, "what the circuit breaker holds back"),
    ]
  ) { call throws(Interruption) in
    .stream(try await pages(call).stream(all: try await call.value(all)))
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try await pages(call).planned(all: try await call.value(all), demand)
  }

  private static func pages(_ call: Call) async throws(Interruption) -> PagedStream {
    let limit = try await call.value(limit)
    let cursor = try await call.value(cursor)
    func page(_ size: Int?) -> ListParameters { ListParameters(limit: size, cursor: cursor) }
    return PagedStream(
      call: call, kind: .endpoint, limit: limit, target: { page($0).endpointsTarget },
      page: { client, size throws(MittrError) in try await client.endpointRecords.list(page(size)) },
      pages: { client, maximum, _ in client.endpointRecords.iterate(page(limit), maximum: maximum) })
  }
}
