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
    }, "the event's type, such as order.created; with --destination it may be left out"
  ).suggesting(.field("eventType", of: .event))
  private static let payload = Parameter.optionalPositional("payload", .value, "a record, or @file with JSON")
  private static let destination = Parameter.option(
    "destination", .text, "a URL to deliver to directly, instead of a type")
  private static let key = Parameter.option(
    "idempotency-key", .text, "sending again under the same key does nothing; without it, a fresh one")
  private static let headers = Parameter.option("headers", .record, "headers to send along, a record")
  private static let attempts = Parameter.option(
    "max-attempts", .integer(in: 1...1000), "how often to try; the server caps it at 25")
  private static let priority = Parameter.option("priority", .value, "the delivery's priority")

  static let command = Command(
    "events send", topic: .events, "sends an event to the endpoints that subscribed to its type",
    input: .none, result: .value, itemKind: .event,
    parameters: [type, payload, destination, key, headers, attempts, priority], requests: requests,
    examples: [
      .init(#"events send order.created {"orderId": "ord_123", "amount": 9900}"#, "any JSON can be pasted as it is"),
      .init("events send --destination https://receiver.example/hook {orderId: 7} | get .status", "directly to a URL"),
      .init("events send order.created {orderId: \"ord_124\"} --idempotency-key ord_124-created", "safe to repeat"),
    ]
  ) { call throws(Interruption) in
    let json = try await body(call)
    let input = EventInput(json: json)
    if call.session.isDryRun {
      return .value(.object(["method": "POST", "path": "/api/v1/events", "body": .object(json)]), kind: .request)
    }
    let idempotencyKey = try await call.value(key)
    let event = try await call.request { client throws(MittrError) in
      try await client.events.send(input, idempotencyKey: idempotencyKey)
    }
    return .value(.object(event.json), kind: .event)
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    if call.session.isDryRun { return [] }
    return [PlannedRequest("POST", "/api/v1/events", times: "once", body: .object(try await body(call)))]
  }

  private static func body(_ call: Call) async throws(Interruption) -> JSONObject {
    var json = JSONObject()
    let destination = try await call.value(destination)
    // What is sent to a URL needs no type: then the one word is the payload.
    let isUntyped = destination != nil && !call.isGiven(payload)
    switch try await call.value(type) {
    case nil: break
    case _ where isUntyped: break
    case .string(let type, _)?: json["eventType"] = .string(type)
    case let other?: throw .failure(notAType(other, call))
    }
    if let destination { json["destination"] = .string(destination) }
    guard !json.isEmpty else {
      throw .failure(
        Failure(
          "missing-argument", "'events send' needs an event type or --destination", help: "events send TYPE PAYLOAD"))
    }
    json["payload"] = try await isUntyped ? given(type, call) : given(payload, call)
    if let headers = try await call.value(headers) { json["headers"] = .object(headers) }
    if let attempts = try await call.value(attempts) { json["maxAttempts"] = .number(JSONNumber(attempts)) }
    json["priority"] = try await call.value(priority)
    return json
  }

  private static func given(
    _ parameter: Parameter<JSONValue?>, _ call: Call
  ) async throws(Interruption) -> JSONValue? {
    let value = try await call.value(parameter)
    return try await call.isUnknown(parameter) ? value : try parsed(value, parameter, call)
  }

  private static func notAType(_ value: JSONValue, _ call: Call) -> Failure {
    Failure(
      "bad-argument", "TYPE: expected text, got a \(value.kindName)", at: call.span(of: type),
      help: "events send TYPE PAYLOAD, or --destination URL PAYLOAD")
  }

  /// `@file` gives text, which is to be JSON; anything else is sent as it is.
  private static func parsed(
    _ payload: JSONValue?, _ parameter: Parameter<JSONValue?>, _ call: Call
  ) throws(Interruption) -> JSONValue? {
    guard case .string(let text, _) = payload else { return payload }
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: text)
    } catch {
      throw .failure(
        Failure(
          "bad-argument", "PAYLOAD: expected a record; the text is not JSON: \(error)", at: call.span(of: parameter))
      )
    }
  }
}
