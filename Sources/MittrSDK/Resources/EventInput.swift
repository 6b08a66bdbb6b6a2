public import OrderedJSON

/// An event to be sent. Only what is set is sent, in the order in which it was set.
///
/// `json` is the request's body. Nothing is checked here: the server is the one to know, and answers 400.
public struct EventInput: Sendable, Hashable {
  /// The request's body.
  public var json: JSONObject

  /// Takes a body as it is, with fields that this package may not know.
  public init(json: JSONObject) { self.json = json }

  /// An event that goes to every endpoint that subscribed to its type, with a literal for a payload.
  /// ```swift
  /// EventInput(eventType: "order.created", payload: ["orderId": "ord_\(id)", "amount": amount])
  /// ```
  /// - Parameters:
  ///   - eventType: such as `order.created`.
  ///   - payload: keys and values in their order; endpoints get its exact text.
  ///   - headers: sent along with each delivery, in the order of their names.
  ///   - maxAttempts: 5 when nil; the server takes more than 25 for 25.
  ///   - priority: the delivery's; nil leaves it to the server. One that is no number goes into `json`.
  public init(
    eventType: String, payload: KeyValuePairs<String, any JSONRepresentable>, headers: [String: String]? = nil,
    maxAttempts: Int? = nil, priority: Int? = nil
  ) {
    let payload = JSONObject(payload.map { ($0.key, $0.value.jsonValue) })
    self.init(
      eventType: eventType, payload: .object(payload), headers: headers, maxAttempts: maxAttempts, priority: priority)
  }

  /// The same with a JSON value for a payload, such as one that was read.
  @_disfavoredOverload
  public init(
    eventType: String, payload: JSONValue, headers: [String: String]? = nil, maxAttempts: Int? = nil,
    priority: Int? = nil
  ) {
    self.init(json: ["eventType": .string(eventType), "payload": payload])
    self.headers = headers
    self.maxAttempts = maxAttempts
    self.priority = priority.map { .number(JSONNumber($0)) }
  }

  /// An event that goes to one URL. The parameters are those of the other initializers.
  public init(
    destination: String, payload: KeyValuePairs<String, any JSONRepresentable>, headers: [String: String]? = nil,
    maxAttempts: Int? = nil, priority: Int? = nil
  ) {
    let payload = JSONObject(payload.map { ($0.key, $0.value.jsonValue) })
    self.init(
      destination: destination, payload: .object(payload), headers: headers, maxAttempts: maxAttempts,
      priority: priority)
  }

  /// The same with a JSON value for a payload, such as one that was read.
  @_disfavoredOverload
  public init(
    destination: String, payload: JSONValue, headers: [String: String]? = nil, maxAttempts: Int? = nil,
    priority: Int? = nil
  ) {
    self.init(json: ["destination": .string(destination), "payload": payload])
    self.headers = headers
    self.maxAttempts = maxAttempts
    self.priority = priority.map { .number(JSONNumber($0)) }
  }

  /// The type, for an event that goes to subscribed endpoints.
  public var eventType: String? {
    get { json.string("eventType") }
    set { json.set("eventType", newValue) }
  }

  /// The URL, for an event that goes there directly.
  public var destination: String? {
    get { json.string("destination") }
    set { json.set("destination", newValue) }
  }

  /// What the endpoints get.
  public var payload: JSONValue? {
    get { json["payload"] }
    set { json["payload"] = newValue }
  }

  /// Sent along with each delivery; of what `json` holds, those whose value is text.
  public var headers: [String: String]? {
    get { json.texts("headers") }
    set { json["headers"] = newValue?.jsonValue }
  }

  /// How often delivery is tried at most.
  public var maxAttempts: Int? {
    get { json.int("maxAttempts") }
    set { json.set("maxAttempts", newValue) }
  }

  /// The delivery's priority, of whatever type.
  public var priority: JSONValue? {
    get { json["priority"] }
    set { json["priority"] = newValue }
  }
}
