public import OrderedJSON

/// A kind of request that a pipeline would send, as `--explain` tells it.
public struct PlannedRequest: Sendable {
  /// Stands where something is known only once the pipeline runs: what a request answers, what a file holds, a field of
  /// an item.
  public static let unknown = "…"

  public let method: String
  /// With its query, as it would be sent; `{id}` is the id of the item that comes from the pipe.
  public let path: String
  /// How often, in words: `once`, `a page at a time, to the last`.
  public let times: String
  public let body: JSONValue?

  public init(_ method: String, _ path: String, times: String, body: JSONValue? = nil) {
    self.method = method
    // What is not known yet is not percent-encoded either.
    self.path = path.split(separator: "%E2%80%A6", omittingEmptySubsequences: false).joined(separator: Self.unknown)
    self.times = times
    self.body = body
  }

  var record: JSONValue {
    var record: JSONObject = ["method": .string(method), "path": .string(path), "times": .string(times)]
    record["body"] = body
    return .object(record)
  }

  /// The same under a condition or within a repetition: `for each item: once`.
  func within(_ words: String) -> PlannedRequest {
    PlannedRequest(method, path, times: "\(words): \(times)", body: body)
  }
}

/// What is known, before a pipeline runs, of how many items a stage is asked for.
public struct Demand: Sendable {
  /// At most so many.
  public internal(set) var atMost: Int?
  /// Probably so many, since what comes behind should drop nothing.
  public internal(set) var about: Int?
  /// Until so many have passed the conditions behind.
  public internal(set) var passing: Int?
  /// Whether something further down takes only some items, in a way that cannot be foreseen.
  public internal(set) var mayStop = false
}

extension ItemKind {
  static let plannedRequest = ItemKind("planned request", columns: ["method", "path", "times", "body"])
}
