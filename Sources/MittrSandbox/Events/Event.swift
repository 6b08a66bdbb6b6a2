import OrderedJSON

/// One event on its way to one receiver.
struct Event: Sendable {
  var id: String
  /// nil for a direct delivery that named no type.
  var eventType: String?
  var status: EventStatus
  var payload: JSONObject
  /// Headers that the delivery carries besides Mittr's own; every value is a string.
  var headers: JSONObject
  /// The URL of a direct delivery; nil when the event goes to an endpoint.
  var destination: String?
  /// nil for a direct delivery, and for an event that no endpoint subscribed to.
  var endpointID: String?
  /// Finished attempts since the event was sent or last replayed.
  var attempts = 0
  var maxAttempts: Int
  /// An integer or a string, as it was sent.
  var priority: JSONValue?
  var idempotencyKey: String
  /// Why the last attempt failed.
  var lastError: String?
  var createdAt: Timestamp
  var updatedAt: Timestamp
  var deliveredAt: Timestamp?
}

extension Event {
  /// Notes that something changed: `updatedAt` always moves on, also within a millisecond, so that a client that read the event
  /// before can tell.
  mutating func touch(_ now: Timestamp) { updatedAt = max(now, updatedAt.advanced(byMilliseconds: 1)) }
}

/// The event object of the API. Fields that have no value are absent.
extension Event {
  var object: JSONObjectBuilder {
    var object = JSONObjectBuilder()
    object.add("id", id)
    object.add("eventType", eventType)
    object.add("status", status.rawValue)
    object.add("payload", .object(payload))
    object.add("headers", .object(headers))
    object.add("destination", destination)
    object.add("endpointId", endpointID)
    object.add("attempts", attempts)
    object.add("maxAttempts", maxAttempts)
    object.add("priority", priority)
    object.add("idempotencyKey", idempotencyKey)
    object.add("lastError", lastError)
    object.add("createdAt", createdAt)
    object.add("updatedAt", updatedAt)
    object.add("deliveredAt", deliveredAt)
    return object
  }

  /// Reads what `object` wrote.
  init(stored text: String) throws {
    let value = try JSONValue(parsing: text)
    guard let id = value["id"]?.stringValue,
      let status = value["status"]?.stringValue.flatMap(EventStatus.init(rawValue:)),
      let payload = value["payload"]?.objectValue, let headers = value["headers"]?.objectValue,
      let attempts = value["attempts"]?.intValue, let maxAttempts = value["maxAttempts"]?.intValue,
      let idempotencyKey = value["idempotencyKey"]?.stringValue,
      let createdAt = value["createdAt"]?.stringValue.flatMap(Timestamp.init(iso8601:)),
      let updatedAt = value["updatedAt"]?.stringValue.flatMap(Timestamp.init(iso8601:))
    else { throw CorruptRow(table: "event") }
    self.init(
      id: id, eventType: value["eventType"]?.stringValue, status: status, payload: payload, headers: headers,
      destination: value["destination"]?.stringValue, endpointID: value["endpointId"]?.stringValue,
      attempts: attempts, maxAttempts: maxAttempts, priority: value["priority"], idempotencyKey: idempotencyKey,
      lastError: value["lastError"]?.stringValue, createdAt: createdAt, updatedAt: updatedAt,
      deliveredAt: value["deliveredAt"]?.stringValue.flatMap(Timestamp.init(iso8601:)))
  }
}
