public import OrderedJSON

/// An endpoint, as the server told it: a URL that subscribed to event types.
///
/// `json` is all that came, in its order and with its exact numbers; the properties read single fields of it. One that
/// is missing, null or of another type is nil.
public struct Endpoint: Sendable, Hashable, Identifiable {
  /// All that the server told.
  public let json: JSONObject
  /// A UUID.
  public let id: String

  /// - Throws: `MittrError` (`INVALID_RESPONSE`) when it has no id.
  public init(json: JSONObject) throws(MittrError) {
    guard let id = json.id else { throw .noID("endpoint") }
    self.init(json: json, id: id)
  }

  /// - Parameter id: what it is known by, whatever the answer calls it.
  init(json: JSONObject, id: String) { (self.json, self.id) = (json, json.id ?? id) }

  /// Where deliveries go.
  public var url: String? { json.string("url") }
  /// What people call it.
  public var description: String? { json.string("description") }
  /// Types and wildcards such as `order.*`.
  public var eventTypes: [String]? { json.strings("eventTypes") }
  /// Whether deliveries go there.
  public var enabled: Bool? { json.bool("enabled") }
  /// Whether its circuit breaker lets deliveries through.
  public var circuitState: CircuitState? { json.string("circuitState").map(CircuitState.init(rawValue:)) }
  /// The signing secret, where the server shows it.
  public var secret: String? { json.string("secret") }
  /// Conditions on the payload: an array of them, or nested `and`, `or` and `not`.
  public var filter: JSONValue? { json["filter"] }
  /// JavaScript text.
  public var transformation: String? { json.string("transformation") }
  /// How often a delivery is tried again.
  public var maxRetries: Int? { json.int("maxRetries") }
  /// In milliseconds.
  public var retryBackoffMs: Int? { json.int("retryBackoffMs") }
  /// In milliseconds.
  public var retryBackoffMax: Int? { json.int("retryBackoffMax") }
  /// By how much each further delay is longer.
  public var retryBackoffMult: Double? { json.double("retryBackoffMult") }
  /// In milliseconds.
  public var timeoutMs: Int? { json.int("timeoutMs") }
  /// How many failures in a row open the circuit.
  public var circuitThreshold: Int? { json.int("circuitThreshold") }
  /// In milliseconds.
  public var circuitResetMs: Int? { json.int("circuitResetMs") }
  /// As the server calls it.
  public var deliveryMode: String? { json.string("deliveryMode") }
  /// Whether deliveries keep their order.
  public var fifo: Bool? { json.bool("fifo") }
  /// Within what they keep it.
  public var fifoPartitionKey: String? { json.string("fifoPartitionKey") }
  /// When it was made: ISO 8601, as it came.
  public var createdAtText: String? { json.string("createdAt") }
  /// When it changed last: ISO 8601, as it came.
  public var updatedAtText: String? { json.string("updatedAt") }
}

extension Endpoint: CustomDebugStringConvertible, CustomReflectable {
  /// The id and the URL; never the signing secret.
  public var debugDescription: String { "Endpoint \(id) \(url ?? "?")" }

  public var customMirror: Mirror { Mirror(self, children: ["id": id, "url": url as Any]) }
}
