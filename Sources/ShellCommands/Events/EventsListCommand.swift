import Interpreter
import MittrSDK
import OrderedJSON

enum EventsListCommand {
  private static let since = Parameter.option(
    "since", .time, "only those created since: 2h (ago), today, 09:30, monday, or a time")
  private static let until = Parameter.option("until", .time, "only events created before")
  private static let limit = Parameter.option("limit", .integer(in: 1...1000), "how many a page")
  private static let cursor = Parameter.option("cursor", .text, "where to go on, as an earlier page said")
  private static let all = Parameter.flag("all", "all pages, not only the first")

  static let command = Command(
    "events list", topic: .events, "lists events, newest first",
    discussion: """
      Without --all it yields one page. With it, pages are fetched as they are needed: `| first 5` sends one request.
      """,
    input: .none, result: .stream, itemKind: .event,
    parameters: [EventFilters.status, EventFilters.eventType, EventFilters.endpoint, since, until, limit, cursor, all],
    filters: SourceFilters(all: all, cursor: cursor, EventFilters.all), requests: requests,
    examples: [
      .init("events list --status failed --since 2h", "what failed in the last two hours"),
      .init("events list --all | where .payload.amount >= 5000 | first 3", "the newest three above an amount"),
      .init("events list | first 3 | select id eventType .payload.amount", "some fields"),
    ]
  ) { call throws(Interruption) in
    .stream(try await pages(call).stream(all: try await call.value(all)))
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try await pages(call).planned(all: try await call.value(all), demand)
  }

  private static func pages(_ call: Call) async throws(Interruption) -> PagedStream {
    var parameters = try await EventFilters.parameters(call)
    parameters.since = try await EventFilters.time(since, call)
    parameters.until = try await EventFilters.time(until, call)
    parameters.cursor = try await call.value(cursor)
    parameters.limit = try await call.value(limit)
    let filters = parameters
    func page(_ size: Int?) -> EventListParameters {
      var parameters = filters
      parameters.limit = size
      return parameters
    }
    return PagedStream(
      call: call, kind: .event, limit: filters.limit, target: { page($0).target },
      page: { client, size throws(MittrError) in try await client.eventRecords.list(page(size)) },
      pages: { client, maximum, likely in client.eventRecords.iterate(filters, maximum: maximum, likely: likely) })
  }
}
