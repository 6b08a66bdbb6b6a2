/// Which events to list: those that meet every condition given.
///
/// The values are sent as they are; what they may be is the server's business.
public struct EventListParameters: Sendable, Hashable {
  /// One of the words of `EventStatus`.
  public var status: String?
  public var eventType: String?
  public var endpointId: String?
  /// The earliest creation time, ISO 8601.
  public var since: String?
  /// The latest creation time, ISO 8601.
  public var until: String?
  /// How many items a page has; nil leaves it to the server, or is 100 where all pages are walked.
  public var limit: Int?
  /// Where to go on, from an earlier page's `pagination.cursor`; nil is the beginning.
  public var cursor: String?

  public init(
    status: String? = nil, eventType: String? = nil, endpointId: String? = nil, since: String? = nil,
    until: String? = nil, limit: Int? = nil, cursor: String? = nil
  ) {
    self.status = status
    self.eventType = eventType
    self.endpointId = endpointId
    self.since = since
    self.until = until
    self.limit = limit
    self.cursor = cursor
  }

  /// The path of the request with its query, as it is sent.
  package var target: String { APIRequest.get(ResourcePath.events.collection, query: query).target }

  var query: [(name: String, value: String)] {
    let conditions: [(name: String, value: String?)] = [
      ("status", status), ("eventType", eventType), ("endpointId", endpointId), ("since", since), ("until", until),
    ]
    return conditions.compactMap { condition in condition.value.map { (condition.name, $0) } }
      + ListParameters(limit: limit, cursor: cursor).query
  }
}
