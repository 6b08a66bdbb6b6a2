public import OrderedJSON

/// A kind of request that a pipeline would send, as `--explain` tells it. What a request is, the commands know.
public struct PlannedRequest: Sendable {
  /// Stands where something is known only once the pipeline runs: what a request answers, what a file holds, a field of
  /// an item.
  public static let unknown = "…"

  /// What is shown of it, with how often it is sent as `times`: `once`, `a page at a time, to the last`.
  private(set) var record: JSONObject

  /// - Parameter record: with `times`, a text.
  public init(_ record: JSONObject) { self.record = record }

  /// The same under a condition or within a repetition: `for each item: once`.
  func within(_ words: String) -> PlannedRequest {
    var request = self
    request.record["times"] = .string("\(words): \(record["times"]?.stringValue ?? "")")
    return request
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
