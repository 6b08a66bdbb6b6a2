public import OrderedJSON

/// An event, as the server told it.
///
/// `json` is all that came, in its order and with its exact numbers; the properties read single fields of it. One that
/// is missing, null or of another type is nil.
public struct Event: Sendable, Hashable {
  public let json: JSONObject

  public init(json: JSONObject) { self.json = json }

  /// `evt_…`.
  public var id: String? { json.string("id") }
  /// Such as `order.created`.
  public var eventType: String? { json.string("eventType") }
  public var status: EventStatus? { json.string("status").map(EventStatus.init(rawValue:)) }
  public var payload: JSONValue? { json["payload"] }
  /// Headers that are sent along with each delivery.
  public var headers: JSONObject? { json.object("headers") }
  /// The URL of a direct delivery.
  public var destination: String? { json.string("destination") }
  public var endpointId: String? { json.string("endpointId") }
  /// How many deliveries were attempted so far.
  public var attempts: Int? { json.int("attempts") }
  public var maxAttempts: Int? { json.int("maxAttempts") }
  public var priority: JSONValue? { json["priority"] }
  public var idempotencyKey: String? { json.string("idempotencyKey") }
  public var lastError: JSONValue? { json["lastError"] }
  /// ISO 8601, such as `2026-11-23T16:26:00Z`, as it came.
  public var createdAt: String? { json.string("createdAt") }
  public var updatedAt: String? { json.string("updatedAt") }
  public var deliveredAt: String? { json.string("deliveredAt") }
}

extension Event: CustomStringConvertible {
  /// The compact JSON text.
  public var description: String { json.description }
}
