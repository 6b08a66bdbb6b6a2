public import OrderedJSON

/// An event, as the server told it.
///
/// `json` is all that came, in its order and with its exact numbers; the properties read single fields of it. One that
/// is missing, null or of another type is nil.
/// ```swift
/// let event = try await mittr.events.get("evt_1")
/// let order = try event.payload(as: Order.self)
/// ```
public struct Event: Sendable, Hashable, Identifiable {
  /// All that the server told.
  public let json: JSONObject
  /// `evt_…`.
  public let id: String

  /// - Throws: `MittrError` (`INVALID_RESPONSE`) when it has no id.
  public init(json: JSONObject) throws(MittrError) {
    guard let id = json.id else { throw .noID("event") }
    self.init(json: json, id: id)
  }

  /// - Parameter id: what it is known by, whatever the answer calls it.
  init(json: JSONObject, id: String) { (self.json, self.id) = (json, json.id ?? id) }

  /// Such as `order.created`.
  public var eventType: String? { json.string("eventType") }
  /// Where the event stands; a word that this package does not know is kept.
  public var status: EventStatus? { json.string("status").map(EventStatus.init(rawValue:)) }
  /// What the endpoints get; null when the answer has none.
  public var payload: JSONValue { json["payload"] ?? .null }
  /// Headers that are sent along with each delivery; those whose value is text. `json` has all.
  public var headers: [String: String]? { json.texts("headers") }
  /// The URL of a direct delivery.
  public var destination: String? { json.string("destination") }
  /// The endpoint that it goes to.
  public var endpointId: String? { json.string("endpointId") }
  /// How many deliveries were attempted so far.
  public var attempts: Int? { json.int("attempts") }
  /// How many are attempted at most.
  public var maxAttempts: Int? { json.int("maxAttempts") }
  /// The delivery's priority, of whatever type.
  public var priority: JSONValue? { json["priority"] }
  /// The key that it was sent under.
  public var idempotencyKey: String? { json.string("idempotencyKey") }
  /// Why the last delivery failed, of whatever type.
  public var lastError: JSONValue? { json["lastError"] }
  /// When it was accepted: ISO 8601, such as `2026-11-23T16:26:00Z`, as it came.
  public var createdAtText: String? { json.string("createdAt") }
  /// When it changed last: ISO 8601, as it came.
  public var updatedAtText: String? { json.string("updatedAt") }
  /// When it was delivered: ISO 8601, as it came.
  public var deliveredAtText: String? { json.string("deliveredAt") }
}

extension Event: CustomStringConvertible {
  /// The compact JSON text.
  public var description: String { json.description }
}
