import Interpreter
import OrderedJSON

enum EventsListCommand {
  static let command = Command(
    "events list", topic: .events, "lists events, newest first",
    discussion: """
      Without --all it yields one page. With it, pages are fetched as they are needed: `| first 5` sends one request.
      """,
    input: .none, result: .stream, itemKind: .event, parameters: EventListing.parameters,
    filters: SourceFilters(all: EventListing.all, cursor: EventListing.cursor, EventFilters.all),
    requests: EventListing.requests,
    searchWords: ["find", "failures", "logs", "messages", "deliveries", "history"],
    examples: [
      .init("events list --status failed --since 2h", "what failed in the last two hours"),
      .init("events list --all | where .payload.amount >= 5000 | first 3", "the newest three above an amount"),
      .init("events list | first 3 | select id eventType .payload.amount", "some fields"),
    ]
  ) { call throws(Interruption) in
    .stream(try await EventListing.stream(call))
  }
}
