import Basics
import Interpreter
import MittrSDK
import OrderedJSON

enum EventsSendCommand {
  private static let type = Parameter.optionalPositional(
    "type",
    ParameterKind<JSONValue>(.text) { value throws(ConversionError) in
      switch value {
      case .string, .object: return value
      case .number(let number): return .string(number.text)
      default: throw .expected("text", got: value)
      }
    }, "the event's type, such as order.created; with --destination it may be left out", isPerItem: true
  ).suggesting(.field("eventType", of: .event))
  private static let payload = Parameter.optionalPositional(
    "payload", .value, "a record, or @file with JSON", isPerItem: true)
  private static let destination = Parameter.option(
    "destination", .text, "a URL to deliver to directly, instead of a type", isPerItem: true)
  private static let key = Parameter.option(
    "idempotency-key", .text, "sending again under the same key does nothing; without it, a fresh one", isPerItem: true)
  private static let headers = Parameter.option(
    "headers", .record, "headers to send along, a record", isPerItem: true)
  private static let attempts = Parameter.option(
    "max-attempts", .integer(in: 1...1000), "how often to try; the server caps it at 25")
  private static let priority = Parameter.option("priority", .value, "the delivery's priority")

  static let command = Command(
    "events send", topic: .events, "sends an event to the endpoints that subscribed to its type",
    discussion: """
      With a pipe it sends an event for each item and yields {id, ok, status, …} or {id, ok: false, error} each, in their
      order. An item is a record such as {eventType, payload, idempotencyKey}, or the payload where a type or --destination
      is given; arguments may take fields of it. With --journal, items that bring no key get one that stays theirs: sent
      again, nothing is sent twice.
      """,
    input: .optional, result: .asInput, itemKind: .event,
    parameters: [type, payload, destination, key, headers, attempts, priority] + BulkOptions.all, requests: requests,
    changesData: true,
    searchWords: ["publish", "emit", "trigger", "produce", "dispatch", "fire", "post", "ingest"],
    examples: [
      .init(#"events send order.created {"orderId": "ord_123", "amount": 9900}"#, "any JSON can be pasted as it is"),
      .init("events send --destination https://receiver.example/hook {orderId: 7} | get .status", "directly to a URL"),
      .init("events send order.created {orderId: \"ord_124\"} --idempotency-key ord_124-created", "safe to repeat"),
      .init(
        #"[{orderId: "ord_125"}, {orderId: "ord_126"}] | events send order.created --idempotency-key .orderId"#,
        "one for each item"),
    ]
  ) { call throws(Interruption) in
    if call.input != nil { return try await bulk(call) }
    let json = try await body(call, for: nil)
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if isDryRun || call.session.isDryRun {
      return .value(
        .object(["method": "POST", "path": .string(ResourcePath.events.collection), "body": .object(json)]),
        kind: .request)
    }
    if try await call.value(BulkOptions.journal) != nil {
      throw .failure(
        Failure("takes-no-journal", "one event is sent without a journal", help: "give it an --idempotency-key"))
    }
    let idempotencyKey = try await call.value(key)
    let event = try await call.request { client throws(MittrError) in
      try await client.eventRecords.send(json, idempotencyKey: idempotencyKey)
    }
    return .value(.object(event), kind: .event)
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if isDryRun || call.session.isDryRun || demand.atMost == 0 { return [] }
    guard call.input != nil else {
      return [
        PlannedRequest(
          "POST", ResourcePath.events.collection, times: "once", body: .object(try await body(call, for: nil)))
      ]
    }
    let concurrency = try await call.value(BulkOptions.concurrency)
    let times = concurrency > 1 ? "once an item, \(concurrency) at a time" : "once an item"
    return [PlannedRequest("POST", ResourcePath.events.collection, times: times, body: .string(PlannedRequest.unknown))]
  }

  // MARK: An event for each item

  private static func bulk(_ call: Call) async throws(Interruption) -> Output {
    let bulk = BulkCommand(
      call: call, verb: "events send", operation: .send,
      request: { item, freshKey throws(Interruption) in
        var body = try await body(call, from: item)
        let own = try ownKey(of: body)
        body["idempotencyKey"] = nil
        if let key = try await call.value(key, for: item) ?? own {
          return BulkRequest(operation: .send, name: key, body: body)
        }
        return BulkRequest(operation: .send, name: freshKey(body), body: body, hasOwnKey: true)
      },
      template: { () throws(Interruption) in
        var parts: [JSONValue] = []
        parts += try await call.template(type)
        parts += try await call.template(payload)
        parts += try await call.template(destination)
        parts += try await call.template(key)
        parts += try await call.template(headers)
        parts += try await call.template(attempts)
        return parts + (try await call.template(priority))
      })
    return try await bulk.run([])
  }

  /// The idempotency key that an item brings. One of another kind is no key, and to make one up instead could send the
  /// event twice.
  private static func ownKey(of item: JSONObject) throws(Interruption) -> String? {
    switch item["idempotencyKey"] {
    case nil, .null?: return nil
    case .string(let key, _)?: return key
    case .number(let number)?: return number.text
    case let other?:
      throw .failure(
        Failure("wrong-kind", "expected text as an event's idempotencyKey, got \(other.kindWithArticle)"))
    }
  }

  private static func body(_ call: Call, from item: JSONValue) async throws(Interruption) -> JSONObject {
    guard !call.isGiven(type), !call.isGiven(payload), !call.isGiven(destination) else {
      return try await body(call, for: item)
    }
    guard case .object(let record) = item, record["eventType"] != nil || record["destination"] != nil,
      record["payload"] != nil
    else { throw .failure(notAnEvent(item)) }
    guard record["createdAt"] == nil else { throw .failure(wasSent(record)) }
    return record
  }

  private static func body(_ call: Call, for item: JSONValue?) async throws(Interruption) -> JSONObject {
    var json = JSONObject()
    let destination = try await call.value(destination, for: item)
    // What is sent to a URL needs no type: then the one word is the payload, unless an item is.
    let isUntyped = destination != nil && !call.isGiven(payload) && item == nil
    switch try await call.value(type, for: item) {
    case nil: break
    case _ where isUntyped: break
    case .string(let type, _)?: json["eventType"] = .string(type)
    case let other?: throw .failure(notAType(other, call))
    }
    if let destination { json["destination"] = .string(destination) }
    guard !json.isEmpty else {
      throw .failure(
        Failure(
          .missingArgument, "'events send' needs an event type or --destination", help: "events send TYPE PAYLOAD"))
    }
    if let item, !call.isGiven(payload) {
      json["payload"] = item
    } else {
      json["payload"] = try await isUntyped ? given(type, call, item) : given(payload, call, item)
    }
    if let headers = try await call.value(headers, for: item) { json["headers"] = .object(headers) }
    if let attempts = try await call.value(attempts) { json["maxAttempts"] = .number(JSONNumber(attempts)) }
    json["priority"] = try await call.value(priority)
    return json
  }

  private static func given(
    _ parameter: Parameter<JSONValue?>, _ call: Call, _ item: JSONValue?
  ) async throws(Interruption) -> JSONValue? {
    let value = try await call.value(parameter, for: item)
    return try await call.isUnknown(parameter) ? value : try parsed(value, parameter, call)
  }

  private static func notAnEvent(_ item: JSONValue) -> Failure {
    let help = "an item is {eventType, payload} or {destination, payload}; to send it as the payload: events send TYPE"
    guard case .object(let record) = item else {
      return Failure("wrong-kind", "expected a record to send as an event, got \(item.kindWithArticle)", help: help)
    }
    let fields = record.keys.prefix(8).joined(separator: ", ")
    return Failure("wrong-kind", "a record with the fields \(fields) is no event to send", help: help)
  }

  private static func wasSent(_ record: JSONObject) -> Failure {
    Failure(
      "wrong-kind", "\(record["id"]?.text ?? "this") is an event that was sent before",
      help: "replay delivers it again; to send its like anew: select eventType payload | events send")
  }

  private static func notAType(_ value: JSONValue, _ call: Call) -> Failure {
    Failure(
      .badArgument, "TYPE: expected text, got \(value.kindWithArticle)", at: call.span(of: type),
      help: "events send TYPE PAYLOAD, or --destination URL PAYLOAD")
  }

  /// `@file` gives text, which is to be JSON; anything else is sent as it is.
  private static func parsed(
    _ payload: JSONValue?, _ parameter: Parameter<JSONValue?>, _ call: Call
  ) throws(Interruption) -> JSONValue? {
    guard case .string(let text, _) = payload else { return payload }
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: text.withoutByteOrderMark)
    } catch {
      throw .failure(
        Failure(
          .badArgument, "PAYLOAD: expected a record; the text is not JSON: \(error)", at: call.span(of: parameter))
      )
    }
  }
}
