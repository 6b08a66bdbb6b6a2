public import OrderedJSON

/// An event to be sent. Only what is set is sent, in the order in which it was set.
///
/// `json` is the request's body. Nothing is checked here: the server is the one to know, and answers 400.
public struct EventInput: Sendable, Hashable {
  public var json: JSONObject

  /// Takes a body as it is, with fields that this package may not know.
  public init(json: JSONObject) { self.json = json }

  /// An event that goes to every endpoint that subscribed to its type.
  /// - Parameters:
  ///   - payload: a JSON object; endpoints get its exact text.
  ///   - headers: an object of strings, sent along with each delivery.
  ///   - maxAttempts: 5 when nil; the server takes more than 25 for 25.
  public init(
    eventType: String, payload: JSONValue, headers: JSONObject? = nil, maxAttempts: Int? = nil,
    priority: JSONValue? = nil
  ) {
    self.init(json: ["eventType": .string(eventType), "payload": payload])
    self.headers = headers
    self.maxAttempts = maxAttempts
    self.priority = priority
  }

  /// An event that goes to one URL. The parameters are those of the other initializer.
  public init(
    destination: String, payload: JSONValue, headers: JSONObject? = nil, maxAttempts: Int? = nil,
    priority: JSONValue? = nil
  ) {
    self.init(json: ["destination": .string(destination), "payload": payload])
    self.headers = headers
    self.maxAttempts = maxAttempts
    self.priority = priority
  }

  public var eventType: String? {
    get { json.string("eventType") }
    set { json.set("eventType", newValue) }
  }

  public var destination: String? {
    get { json.string("destination") }
    set { json.set("destination", newValue) }
  }

  public var payload: JSONValue? {
    get { json["payload"] }
    set { json["payload"] = newValue }
  }

  public var headers: JSONObject? {
    get { json.object("headers") }
    set { json.set("headers", newValue) }
  }

  public var maxAttempts: Int? {
    get { json.int("maxAttempts") }
    set { json.set("maxAttempts", newValue) }
  }

  public var priority: JSONValue? {
    get { json["priority"] }
    set { json["priority"] = newValue }
  }
}
