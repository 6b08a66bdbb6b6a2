import Interpreter
import MittrSDK
import OrderedJSON

enum EndpointsListCommand {
  private static let limit = Parameter.option("limit", .integer(in: 1...1000), "how many a page")
  private static let cursor = Parameter.option("cursor", .text, "where to go on, as an earlier page said")
  private static let all = Parameter.flag("all", "all pages, not only the first")

  static let command = Command(
    "endpoints list", topic: .endpoints, "lists endpoints",
    input: .none, result: .stream, itemKind: .endpoint, parameters: [limit, cursor, all],
    examples: [
      .init("endpoints list | select id url enabled", "where deliveries go"),
      .init(#"endpoints list --all | where .circuitState == "open""#, "what the circuit breaker holds back"),
    ]
  ) { call throws(Interruption) in
    let limit = try await call.value(limit)
    let cursor = try await call.value(cursor)
    let stream = PagedStream<Endpoint>(
      call: call, kind: .endpoint, json: { $0.json }, limit: limit,
      page: { client, size throws(MittrError) in
        try await client.endpoints.list(ListParameters(limit: size, cursor: cursor))
      },
      pages: { client, maximum, _ in
        client.endpoints.iterate(ListParameters(limit: limit, cursor: cursor), maximum: maximum)
      })
    return .stream(stream.stream(all: try await call.value(all)))
  }
}
