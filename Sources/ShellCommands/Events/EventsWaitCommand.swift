import Interpreter
import MittrSDK
import OrderedJSON

enum EventsWaitCommand {
  private static let ids = Parameter.variadic(
    "id", .identifier, "event ids; without any, ids or events from the pipe"
  ).suggesting(.field("id", of: .event))
  private static let until = Parameter.option(
    "until", .choice(EventFilters.statuses + [WaitCondition.settled]), default: "delivered",
    "the status to wait for; settled is delivered or dead", defaultText: "delivered")
  private static let timeout = Parameter.option(
    "timeout", .duration, default: .seconds(30), "how long to wait for each event", defaultText: "30s")
  private static let every = Parameter.option(
    "every", .duration(atLeast: .milliseconds(10)), default: .seconds(1), "the pause between two looks at an event",
    defaultText: "1s")

  private static let background = Parameter.flag(
    "background", "wait beside the prompt, and tell when the wait has ended")

  static let command = Command(
    "events wait", topic: .events, "waits until events are in a status and yields them",
    discussion: """
      One id as an argument gives one event; several, or a pipe, give a stream in their order. An event that never will
      be in the status, since it is delivered or dead, fails at once with wait-failed; one that is not there in time
      fails with timeout. One that failed may still be delivered and is waited for.
      With --background, at a prompt alone, nothing is yielded: how the wait ended is told above the line being typed.
      """,
    input: .optional, result: .asInput, itemKind: .event, parameters: [ids, until, timeout, every, background],
    requests: requests,
    searchWords: ["until", "poll", "await", "block", "follow"],
    examples: [
      .init("let e = events list --status delivered | first 1 | one; events wait $e.id | get .status", "one event"),
      .init("events list --status dead | first 2 | events wait --until settled --timeout 5s | count", "from a pipe"),
    ]
  ) { call throws(Interruption) in
    let wait = EventWait(
      call: call, goal: WaitCondition(try await call.value(until)), timeout: try await call.value(timeout),
      every: try await call.value(every))
    if try await call.value(background) {
      try await wait.startInBackground(try await call.value(ids))
      return .nothing
    }
    return try await call.eachTarget(try await call.value(ids), .event, kind: .event) { id throws(Interruption) in
      try await wait.event(id)
    }
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let (until, timeout) = (try await call.value(until), try await call.value(timeout))
    return try call.planned(
      try await call.value(ids), .event, "GET",
      times: "every \(try await call.value(every).text) until \(until), for \(timeout.text) at most", demand: demand)
  }
}
