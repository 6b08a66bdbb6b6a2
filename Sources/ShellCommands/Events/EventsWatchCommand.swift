import Interpreter
import MittrSDK
import OrderedJSON

enum EventsWatchCommand {
  private static let since = Parameter.option(
    "since", .time, "start with the events created since: 10m (ago), or a time; without it, from now on")
  private static let every = Parameter.option(
    "every", .duration(atLeast: .milliseconds(100)), default: .seconds(2), "the pause between two looks",
    defaultText: "2s")

  static let command = Command(
    "events watch", topic: .events, "yields new events as they come, oldest first, until it is stopped",
    discussion: """
      Each event comes once. What came between two looks, and with --since all that came since, is held until it is
      yielded. An event is found though the server tells of it up to ten seconds late; with --status, when it gets into
      that status within five minutes after the newest event found so far.
      """,
    input: .none, result: .stream, itemKind: .event,
    parameters: [EventFilters.status, EventFilters.eventType, EventFilters.endpoint, since, every],
    requests: requests,
    searchWords: ["tail", "follow", "stream", "live", "monitor"],
    examples: [
      .init("events watch --since 2h | first 2 | select id eventType status", "the first two of the last two hours"),
      .init("events watch --status failed --since 24h | first 1 | get .lastError", "why one failed"),
    ]
  ) { call throws(Interruption) in
    let since = try await call.value(since)?.seconds(now: call.session.now(), zone: call.session.zone)
    let watch = EventWatch(
      call: call, filters: try await EventFilters.parameters(call), every: try await call.value(every), since: since)
    return .stream(
      ItemStream(kind: .event, cleanUp: { watch.end() }) { () async throws(Interruption) -> JSONValue? in
        try await watch.next()
      })
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    guard demand.atMost != 0 else { return [] }
    var parameters = try await EventFilters.parameters(call)
    parameters.since = try await EventFilters.time(since, call)
    parameters.limit = 100
    let rounds = "every \(try await call.value(every).text)"
    let end = demand.atMost.map { " until \($0) have come" } ?? ""
    return [PlannedRequest("GET", parameters.target, times: "\(rounds)\(end), and a page at a time where more came")]
  }
}
