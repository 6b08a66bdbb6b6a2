public import OrderedJSON

/// An endpoint, as the server told it: a URL that subscribed to event types.
///
/// `json` is all that came, in its order and with its exact numbers; the properties read single fields of it. One that
/// is missing, null or of another type is nil.
public struct Endpoint: Sendable, Hashable {
  public let json: JSONObject

  public init(json: JSONObject) { self.json = json }

  public var id: String? { json.string("id") }
  public var url: String? { json.string("url") }
  public var description: String? { json.string("description") }
  /// Types and wildcards such as `order.*`.
  public var eventTypes: [String]? { json.strings("eventTypes") }
  public var enabled: Bool? { json.bool("enabled") }
  public var circuitState: CircuitState? { json.string("circuitState").map(CircuitState.init(rawValue:)) }
  /// The signing secret, where the server shows it.
  public var secret: String? { json.string("secret") }
  /// Conditions on the payload: an array of them, or nested `and`, `or` and `not`.
  public var filter: JSONValue? { json["filter"] }
  /// JavaScript text.
  public var transformation: String? { json.string("transformation") }
  public var maxRetries: Int? { json.int("maxRetries") }
  /// In milliseconds.
  public var retryBackoffMs: Int? { json.int("retryBackoffMs") }
  /// In milliseconds.
  public var retryBackoffMax: Int? { json.int("retryBackoffMax") }
  public var retryBackoffMult: Double? { json.double("retryBackoffMult") }
  /// In milliseconds.
  public var timeoutMs: Int? { json.int("timeoutMs") }
  /// How many failures in a row open the circuit.
  public var circuitThreshold: Int? { json.int("circuitThreshold") }
  /// In milliseconds.
  public var circuitResetMs: Int? { json.int("circuitResetMs") }
  public var deliveryMode: String? { json.string("deliveryMode") }
  public var fifo: Bool? { json.bool("fifo") }
  public var fifoPartitionKey: String? { json.string("fifoPartitionKey") }
  /// ISO 8601, as it came.
  public var createdAt: String? { json.string("createdAt") }
  public var updatedAt: String? { json.string("updatedAt") }
}

extension Endpoint: CustomDebugStringConvertible, CustomReflectable {
  /// The id and the URL; never the signing secret.
  public var debugDescription: String { "Endpoint \(id ?? "?") \(url ?? "?")" }

  public var customMirror: Mirror { Mirror(self, children: ["id": id as Any, "url": url as Any]) }
}
