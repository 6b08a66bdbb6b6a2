import Interpreter
import MittrSDK
import OrderedJSON

enum EventsListCommand {
  static let statuses = ["pending", "processing", "delivered", "failed", "dead"]
  private static let status = Parameter.option("status", .suggestion(statuses), "only events in this status")
  private static let eventType = Parameter.option("event-type", .text, "only this type; * stands for any text")
  private static let endpoint = Parameter.option("endpoint-id", .identifier, "only events for this endpoint")
  private static let since = Parameter.option("since", .time, "only events created since: 2h (ago), or a time")
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
    parameters: [status, eventType, endpoint, since, until, limit, cursor, all],
    filters: SourceFilters(
      all: all, cursor: cursor,
      [
        // The server refuses a status that it does not know.
        .init("status", status) { comparison, text in comparison == .equal && statuses.contains(text) },
        // It reads a * in a type as a wildcard, as `like` does.
        .init("eventType", eventType) { comparison, text in
          isPlain(text) && (comparison == .like || !text.utf8.contains(UInt8(ascii: "*")))
        },
        .init("endpointId", endpoint) { comparison, text in comparison == .equal && isPlain(text) },
      ]),
    examples: [
      .init("events list --status failed --since 2h", "what failed in the last two hours"),
      .init("events list --all | where .payload.amount >= 5000 | first 3", "the newest three above an amount"),
      .init("events list | first 3 | select id eventType .payload.amount", "some fields"),
    ]
  ) { call throws(Interruption) in
    var parameters = EventListParameters()
    parameters.status = try await call.value(status)
    parameters.eventType = try await call.value(eventType)
    parameters.endpointId = try await call.value(endpoint)
    parameters.since = try await call.value(since).map { iso8601($0, call) }
    parameters.until = try await call.value(until).map { iso8601($0, call) }
    parameters.cursor = try await call.value(cursor)
    parameters.limit = try await call.value(limit)
    let filters = parameters
    let stream = PagedStream<Event>(
      call: call, kind: .event, json: { $0.json }, limit: filters.limit,
      page: { client, size throws(MittrError) in
        var parameters = filters
        parameters.limit = size
        return try await client.events.list(parameters)
      },
      pages: { client, maximum, likely in client.events.iterate(filters, maximum: maximum, likely: likely) })
    return .stream(stream.stream(all: try await call.value(all)))
  }

  /// Whether a text is compared byte by byte whatever a server does to texts: visible ASCII, and not too long for a URL.
  private static func isPlain(_ text: String) -> Bool {
    1...200 ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  private static func iso8601(_ time: TimeReference, _ call: Call) -> String {
    TimeReference.iso8601(time.seconds(now: call.session.now()))
  }
}
