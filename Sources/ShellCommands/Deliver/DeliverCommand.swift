import Basics
import Crypto
import Interpreter
import MittrWebhooks
import OrderedJSON
import WebhookReceiver

enum DeliverCommand {
  private static let url = Parameter.positional(
    "url", ListenOptions.target,
    "where to post to; localhost:3000 and :3000 are short. Without a path, a delivery keeps its own"
  )
  private static let request = Parameter.option(
    "request", .file, "a file that holds a delivery, in any form that verify --request reads; @- for standard input")
  private static let eventType = Parameter.option(
    "event-type", .text, "the items are payloads, of events of this type")
  private static let asIs = Parameter.flag(
    "as-is", "keep a delivery's headers, timestamp and signature as they were received")
  private static let edit = Parameter.flag("edit", "change each payload in $EDITOR first")
  private static let times = Parameter.option(
    "repeat", .integer(in: 1...10_000), default: 1, "deliver each so often", defaultText: "1")
  private static let shuffle = Parameter.flag("shuffle", "deliver in any order")
  private static let delay = Parameter.option(
    "delay", .duration(atLeast: .zero), default: .zero, "wait so long before each", defaultText: "0s")
  private static let timeout = Parameter.option(
    "timeout", .duration(atLeast: .milliseconds(1)), default: .seconds(30), "how long an answer may take",
    defaultText: "30s")

  static let command = Command(
    "deliver", topic: .local, "posts events to a receiver as the platform would, and tells what came back",
    discussion: """
      It takes events and their ids, $deliveries, and with --event-type payloads. Each is signed anew, with --secret, or
      else the secret of the event's own endpoint, or else MITTR_WEBHOOK_SECRET. Nothing is sent again by itself.

      Each gives {id, ok, status, ms, response: {headers, body}}, in their order; where no answer came, an error whose code
      says why: refused (nobody listens), no-such-host, untrusted-certificate, not-tls, tls-expected, timeout, closed, and
      tls-failed, bad-response, proxy-failed, remote-not-allowed. The statement ends with exit status 3 when one was not
      answered with 2xx. Of a body, 64 KiB are kept. Only this machine is posted to, unless --allow-remote is given. A
      timestamp that --header gives is signed.
      """,
    input: .optional, result: .asInput, itemKind: .reply,
    parameters: [url, request, eventType, asIs, edit, times, shuffle, delay, timeout] + ReceiverOptions.all
      + BulkOptions.all,
    requests: requests, changesData: true,
    searchWords: ["post", "simulate", "local", "sign", "curl"],
    examples: [
      .init(
        "events list | first 1 | deliver (listen 0 --secret whsec_test | get .url) --secret whsec_test | get .status",
        "an event, to a receiver of its own"),
      .init(
        "{orderId: 7} | deliver (listen 0 --secret whsec_test | get .url) --event-type order.created --secret whsec_test | select ok status",
        "a payload that is no event's"),
      .init("$deliveries | last 1 | deliver :3000 --dry-run --secret whsec_test", "only tell what would be sent"),
    ]
  ) { call throws(Interruption) in
    try refuseContradictions(call)
    let target = try await call.value(url)
    let secrets = try await SigningSecrets(call)
    var edit: ((_ payload: [UInt8]) async throws(Interruption) -> [UInt8])?
    if try await call.value(Self.edit) {
      let editing = PayloadEditing(call: call)
      edit = { payload throws(Interruption) in try await editing.edited(payload) }
    }
    let builder = DeliveryBuilder(
      call: call, routes: RouteTable([], rest: target), secrets: secrets,
      headers: try await call.value(ReceiverOptions.headers), isAsReceived: try await call.value(asIs),
      edit: edit)
    let isPayload = call.isGiven(eventType)
    let items = try await items(call)
    let client = ReceiverClient(try await ReceiverOptions.configuration(call, timeout: try await call.value(timeout)))
    let source = try await given(call)
    let isJournaled = try await call.value(BulkOptions.journal) != nil
    var counts: [String: Int] = [:]
    let isRemote = try await call.value(ReceiverOptions.allowRemote)
    let bulk = BulkCommand(
      call: call, verb: "deliver", operation: .deliver,
      request: { item, freshKey throws(Interruption) in
        let delivery =
          if let source {
            try await builder.delivery(source, method: nil, target: nil, type: nil)
          } else {
            try await builder.delivery(of: item)
          }
        guard isJournaled else {
          return BulkRequest(operation: .deliver, name: delivery.eventID ?? "", delivery: delivery, hasOwnKey: true)
        }
        return named(delivery, item, isPayload: isPayload, freshKey, &counts)
      },
      destination: ReceiverDestination(call: call, client: client, name: target.text),
      asksFirst: isRemote, kind: .reply)
    return try await bulk.run(items)
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if isDryRun || call.session.isDryRun || demand.atMost == 0 { return [] }
    let concurrency = try await call.value(BulkOptions.concurrency)
    let times = concurrency > 1 ? "once an item, \(concurrency) at a time" : "once an item"
    return [PlannedRequest("POST", try await call.value(url).text, times: times)]
  }

  // MARK: Items

  /// What is delivered, so often and in such an order as was asked for.
  private static func items(_ call: Call) async throws(Interruption) -> ItemStream {
    var items = call.isGiven(request) ? ItemStream([.null]) : call.requiredInput
    if let type = try await call.value(eventType) {
      items = items.map { payload throws(Interruption) in DeliveryBuilder.event(payload, type: type) }
    }
    let times = try await call.value(times)
    if times > 1 {
      items = items.flatMap { item throws(Interruption) in ItemStream(Array(repeating: item, count: times)) }
    }
    if try await call.value(shuffle) {
      let source = items
      items = .deferred(input: source) { _ throws(Interruption) in .counted(try await source.collect().shuffled()) }
    }
    let delay = try await call.value(delay)
    guard delay > .zero else { return items }
    // While it waits nothing is under way: an interrupt ends it at once.
    return items.map { item throws(Interruption) in
      try await call.session.pause(delay)
      return item
    }
  }

  private static func given(_ call: Call) async throws(Interruption) -> DeliverySource? {
    guard let bytes = try await call.contents(request) else { return nil }
    do throws(DeliverySourceError) { return try DeliverySource(request: bytes) } catch {
      throw .failure(Failure(error, .request).pointing(at: call.span(of: request)))
    }
  }

  /// A request whose name is the same in every run with the same items, so that a journal knows it again.
  private static func named(
    _ delivery: OutgoingDelivery, _ item: JSONValue, isPayload: Bool, _ freshKey: (JSONObject) -> String,
    _ counts: inout [String: Int]
  ) -> BulkRequest {
    let body = (try? delivery.request.get())?.body ?? []
    let digest: JSONObject = ["sha256": .string(Hex.text(SHA256.hash(data: body)))]
    // A payload has no id but the one made for it, which is another in every run.
    guard !isPayload, let id = delivery.eventID else {
      return BulkRequest(
        operation: .deliver, name: freshKey(digest), body: digest, delivery: delivery, hasOwnKey: true)
    }
    var name = id
    if let number = item["number"]?.intValue { name += " #\(number)" }
    counts[name, default: 0] += 1
    if let count = counts[name], count > 1 { name += " (\(count))" }
    return BulkRequest(operation: .deliver, name: name, body: digest, delivery: delivery)
  }

  // MARK: Messages

  private static func refuseContradictions(_ call: Call) throws(Interruption) {
    if call.isGiven(request) {
      if call.input != nil {
        try call.refuse(
          [request], beside: "the pipe", help: "deliver what the file holds, or what comes from the pipe")
      }
      try call.refuse([eventType], beside: "--request")
    } else if call.input == nil {
      throw .failure(
        Failure(
          .missingArgument, "'deliver' needs something to deliver: events, $deliveries or payloads from the pipe",
          help: "events list | first 1 | deliver URL, or deliver URL --request FILE"))
    }
    if call.isGiven(asIs) {
      try call.refuse([WebhookSecrets.secret, WebhookSecrets.secretFile, eventType], beside: "--as-is")
    }
  }
}
