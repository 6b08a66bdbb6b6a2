import Interpreter
import MittrSDK
import OrderedJSON
import WebhookReceiver

enum ForwardCommand {
  private static let url = Parameter.optionalPositional(
    "url", ListenOptions.target, "where events go that no route fits; localhost:3000 and :3000 are short")
  private static let routes = Parameter.repeatedOption(
    "route", ListenOptions.routed, "a pattern of event types and where they go: 'order.*=localhost:3000/orders'")
  private static let since = Parameter.option(
    "since", .time, "begin with the events created since: 2h (ago), or a time; without it, from now on")
  private static let every = Parameter.option(
    "every", .duration(atLeast: .milliseconds(100)), default: .seconds(2), "the pause between two looks",
    defaultText: "2s")
  private static let count = Parameter.option("count", .integer(in: 1...Int.max), "end after so many events")
  private static let timeout = Parameter.option(
    "timeout", .duration(atLeast: .milliseconds(1)), "end after so long; with --count that is a failure")
  private static let forwardTimeout = Parameter.option(
    "forward-timeout", .duration(atLeast: .milliseconds(1)), default: .seconds(30), "how long an answer may take",
    defaultText: "30s")

  static let command = Command(
    "forward", topic: .local, "brings the platform's events to receivers on this machine, as they come",
    discussion: """
      No tunnel is needed: it looks for new events, and posts each to the first route that fits, once and in order, signed
      as deliver signs. --since brings what was missed. An event that no route fits is told, and the statement ends with
      exit status 3, as it does for one that was not answered with 2xx.

      It says when it is ready, and goes on until it is stopped, or --count or --timeout ends it: with exit status 1 when
      the time was up before so many had come. With --journal a run that was ended, kill -9 included, goes on where it was
      and delivers nothing twice; what was under way then is told, and not sent again.
      """,
    input: .none, result: .stream, itemKind: .reply,
    parameters: [
      url, routes, EventFilters.eventType, EventFilters.endpoint, since, every, count, timeout, forwardTimeout,
    ] + ReceiverOptions.all + [BulkOptions.journal, BulkOptions.rate, BulkOptions.onError],
    requests: requests, changesData: true,
    searchWords: ["tunnel", "proxy", "relay", "localhost", "local"],
    examples: [
      .init(
        "forward (listen 0 --secret whsec_test | get .url) --secret whsec_test --since 2h --count 2 | get .status",
        "two events of the last two hours"),
      .init(
        "forward --route 'order.*=localhost:3000/orders' --route '*=localhost:3001' --timeout 100ms --secret whsec_test",
        "by their types"),
    ]
  ) { call throws(Interruption) in
    let table = RouteTable(try await call.value(routes), rest: try await call.value(url))
    guard !table.routes.isEmpty else { throw .failure(nowhere) }
    let builder = DeliveryBuilder(
      call: call, routes: table, secrets: try await SigningSecrets(call),
      headers: try await call.value(ReceiverOptions.headers))
    var configuration = try await ReceiverOptions.configuration(call, timeout: try await call.value(forwardTimeout))
    configuration.connections = 1
    let start = try await start(call)
    let bulk = BulkCommand(
      call: call, verb: "forward", operation: .deliver,
      request: { item, _ throws(Interruption) in
        let delivery = try await builder.delivery(of: item)
        return BulkRequest(operation: .deliver, name: delivery.eventID ?? "", delivery: delivery)
      },
      destination: ReceiverDestination(
        call: call, client: ReceiverClient(configuration),
        name: table.routes.map { "\($0.pattern)=\($0.target.text)" }.joined(separator: " ")),
      asksFirst: false, concurrency: 1, since: start.map { TimeReference.iso8601($0) }, kind: .reply)
    return try await bulk.run(try await events(call, since: start))
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    guard demand.atMost != 0 else { return [] }
    var parameters = try await EventFilters.parameters(call)
    parameters.since = try await EventFilters.time(since, call)
    parameters.limit = 100
    let table = RouteTable(try await call.value(routes), rest: try await call.value(url))
    return [PlannedRequest("GET", parameters.target, times: "every \(try await call.value(every).text)")]
      + table.routes.map { PlannedRequest("POST", $0.target.text, times: "once an event of \($0.pattern)") }
  }

  /// Seconds since 1970 from when on events are forwarded; nil for those that come from now on. A run with a journal has a
  /// fixed beginning, where the next one begins too: what came between the two is not missed.
  private static func start(_ call: Call) async throws(Interruption) -> Double? {
    let now = call.session.now()
    let given = try await call.value(since)?.seconds(now: now, zone: call.session.zone)
    guard let path = try await call.value(BulkOptions.journal) else { return given }
    guard call.session.files.isRegular(path) else { return given ?? now }
    do throws(Failure) {
      let header = try JournalContents.read(path, call.session).header
      return header?.since.flatMap { TimeReference.seconds(iso8601: $0) } ?? given ?? now
    } catch {
      throw .failure(error)
    }
  }

  /// The events as they come, until enough have come or the time is up.
  private static func events(_ call: Call, since start: Double?) async throws(Interruption) -> ItemStream {
    let (count, timeout) = (try await call.value(count), try await call.value(timeout))
    let filters = try await EventFilters.parameters(call)
    let every = try await call.value(every)
    var watch: EventWatch?
    var left = count
    return ItemStream(kind: .event) { () async throws(Interruption) -> JSONValue? in
      guard left != 0 else { return nil }
      let events =
        watch
        ?? EventWatch(
          call: call, filters: filters, every: every, since: start,
          deadline: timeout.map { call.session.clock.uptime() + $0 }, onReady: { call.tell("forward: ready") })
      watch = events
      guard let event = try await events.next() else {
        guard let left, let timeout else { return nil }
        throw .failure(timeIsUp(timeout, missing: left))
      }
      left = left.map { $0 - 1 }
      return event
    }
  }

  // MARK: Messages

  private static let nowhere = Failure(
    .missingArgument, "'forward' needs to know where events go",
    help: "forward localhost:3000, or --route 'order.*=URL'")

  private static func timeIsUp(_ timeout: Duration, missing: Int) -> Failure {
    Failure("timeout", "\(missing) more \(missing == 1 ? "event was" : "events were") to come within \(timeout.text)")
  }
}
