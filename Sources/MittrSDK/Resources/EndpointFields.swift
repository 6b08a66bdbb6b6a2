public import OrderedJSON

/// The fields of an endpoint that a caller may set. `EndpointInput` and `EndpointPatch` have them in common.
///
/// Setting one to nil takes it out of what is sent; `json["filter"] = .null` sends a null. The server's defaults are
/// given where they are documented.
public protocol EndpointFields {
  /// The request's body, with fields that this package may not know. Only what is in it is sent.
  var json: JSONObject { get set }
}

extension EndpointFields {
  /// Where deliveries go: an absolute URL.
  public var url: String? {
    get { json.string("url") }
    set { json.set("url", newValue) }
  }

  /// Types and wildcards such as `order.*`.
  public var eventTypes: [String]? {
    get { json.strings("eventTypes") }
    set { json.set("eventTypes", newValue) }
  }

  /// A text for people.
  public var description: String? {
    get { json.string("description") }
    set { json.set("description", newValue) }
  }

  /// Whether events are delivered there.
  public var enabled: Bool? {
    get { json.bool("enabled") }
    set { json.set("enabled", newValue) }
  }

  /// An array of conditions that must all hold, or nested `and`, `or` and `not`, ten levels deep at most.
  public var filter: JSONValue? {
    get { json["filter"] }
    set { json["filter"] = newValue }
  }

  /// JavaScript text.
  public var transformation: String? {
    get { json.string("transformation") }
    set { json.set("transformation", newValue) }
  }

  /// 5 by default.
  public var maxRetries: Int? {
    get { json.int("maxRetries") }
    set { json.set("maxRetries", newValue) }
  }

  /// In milliseconds; 1,000 by default.
  public var retryBackoffMs: Int? {
    get { json.int("retryBackoffMs") }
    set { json.set("retryBackoffMs", newValue) }
  }

  /// In milliseconds; 86,400,000 (a day) by default.
  public var retryBackoffMax: Int? {
    get { json.int("retryBackoffMax") }
    set { json.set("retryBackoffMax", newValue) }
  }

  /// 2 by default.
  public var retryBackoffMult: Double? {
    get { json.double("retryBackoffMult") }
    set { json.set("retryBackoffMult", newValue) }
  }

  /// In milliseconds; 30,000 by default.
  public var timeoutMs: Int? {
    get { json.int("timeoutMs") }
    set { json.set("timeoutMs", newValue) }
  }

  /// How many failures in a row open the circuit; 5 by default.
  public var circuitThreshold: Int? {
    get { json.int("circuitThreshold") }
    set { json.set("circuitThreshold", newValue) }
  }

  /// In milliseconds; 60,000 by default.
  public var circuitResetMs: Int? {
    get { json.int("circuitResetMs") }
    set { json.set("circuitResetMs", newValue) }
  }

  /// How deliveries are made, in the server's words.
  public var deliveryMode: String? {
    get { json.string("deliveryMode") }
    set { json.set("deliveryMode", newValue) }
  }

  /// Whether deliveries keep the order of the events.
  public var fifo: Bool? {
    get { json.bool("fifo") }
    set { json.set("fifo", newValue) }
  }

  /// The path of the payload's field within whose values that order is kept.
  public var fifoPartitionKey: String? {
    get { json.string("fifoPartitionKey") }
    set { json.set("fifoPartitionKey", newValue) }
  }
}
