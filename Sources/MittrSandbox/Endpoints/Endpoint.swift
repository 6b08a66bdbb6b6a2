import Basics
import OrderedJSON

/// A receiver that events fan out to.
struct Endpoint: Sendable {
  /// A UUID.
  let id: String
  /// Signs what is delivered to it.
  var secret: String
  var isEnabled: Bool
  /// What the user set, valid by `EndpointField`; what is missing has its default.
  var fields: JSONObject
  var circuit: Circuit
  let createdAt: Timestamp
  var updatedAt: Timestamp

  /// Whether deliveries go out now.
  var isAccepting: Bool {
    guard isEnabled, case .closed = circuit else { return false }
    return true
  }

  var url: String { self["url"]?.stringValue ?? "" }
  var maxAttempts: Int { integer("maxRetries") }
  var timeoutMilliseconds: Int { integer("timeoutMs") }
  var circuitThreshold: Int { integer("circuitThreshold") }
  var circuitResetMilliseconds: Int { integer("circuitResetMs") }

  /// The endpoint's own schedule; nil unless it set any part of one.
  var backoff: RetrySchedule? {
    let names = ["retryBackoffMs", "retryBackoffMax", "retryBackoffMult"]
    guard names.contains(where: { fields[$0] != nil }) else { return nil }
    return .exponential(
      firstMilliseconds: Double(integer("retryBackoffMs")), maximumMilliseconds: Double(integer("retryBackoffMax")),
      multiplier: self["retryBackoffMult"]?.numberValue?.double ?? 1)
  }

  /// Whether an event of this type and payload goes to this endpoint. A disabled endpoint gets none.
  func subscribes(to eventType: String, payload: JSONObject) -> Bool {
    guard isEnabled else { return false }
    let types = self["eventTypes"]?.arrayValue ?? []
    guard types.contains(where: { $0.stringValue.map { EventTypePattern($0).matches(eventType) } ?? false }) else {
      return false
    }
    guard let filter = fields["filter"] else { return true }
    return (try? EventFilter(filter))?.matches(.object(payload)) ?? false
  }

  /// A setting, or its default.
  private subscript(name: String) -> JSONValue? {
    fields[name] ?? EndpointField.all.first { $0.name == name }?.fallback
  }

  private func integer(_ name: String) -> Int { self[name]?.wholeNumber ?? 0 }
}

/// The endpoint object of the API.
extension Endpoint {
  var json: String {
    var object = JSONObject()
    object["id"] = .string(id)
    for field in EndpointField.all { object[field.name] = fields[field.name] ?? field.fallback }
    object["enabled"] = .bool(isEnabled)
    object["circuitState"] = .string(circuit.state)
    object["secret"] = .string(secret)
    object["createdAt"] = .string(createdAt.description)
    object["updatedAt"] = .string(updatedAt.description)
    return JSONWriter.compact.string(.object(object))
  }
}
