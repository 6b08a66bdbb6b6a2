import Interpreter
import MittrSDK
import OrderedJSON

/// What the commands that list events have in common: their flags, and the pages that come of them.
enum EventListing {
  static let since = Parameter.option(
    "since", .time, "only those created since: 2h (ago), today, 09:30, monday, or a time")
  static let until = Parameter.option("until", .time, "only events created before")
  static let limit = Parameter.option("limit", .integer(in: 1...1000), "how many a page")
  static let cursor = Parameter.option("cursor", .text, "where to go on, as an earlier page said")
  static let all = Parameter.flag("all", "all pages, not only the first")

  static let parameters: [any AnyParameter] = [
    EventFilters.status, EventFilters.eventType, EventFilters.endpoint, since, until, limit, cursor, all,
  ]

  /// The events, a page or all pages, as they are asked for.
  static func stream(_ call: Call) async throws(Interruption) -> ItemStream {
    try await pages(call).stream(all: try await call.value(all))
  }

  static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    try await pages(call).planned(all: try await call.value(all), demand)
  }

  /// The same for who takes all that is listed, however little is wanted of what comes of it.
  static func allRequests(_ call: Call) async throws(Interruption) -> [PlannedRequest] {
    let pages = try await pages(call)
    guard try await call.value(all) else { return [PlannedRequest("GET", pages.target(pages.limit), times: "once")] }
    return [PlannedRequest("GET", pages.target(pages.limit ?? 100), times: "a page at a time, to the last")]
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
